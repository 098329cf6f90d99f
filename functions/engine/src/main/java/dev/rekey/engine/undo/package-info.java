/** The undo log: what was done to which target record, and what stood there before. Durable before the write. */
package dev.rekey.engine.undo;
