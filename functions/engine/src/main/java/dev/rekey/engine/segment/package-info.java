/** The loop around a page: lease, checkpoint, pace, counts. */
package dev.rekey.engine.segment;
