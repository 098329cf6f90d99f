/** Durable progress of a segment, and who may make it. */
package dev.rekey.engine.checkpoint;
