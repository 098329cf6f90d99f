/** When the segments of a stage were worked on, and how fast: small whatever the number of segments. */
package dev.rekey.engine.timeline;
