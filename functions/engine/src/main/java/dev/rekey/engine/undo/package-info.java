/** The undo log and what takes it back. Durable before the write. */
package dev.rekey.engine.undo;
