/** The undo log, which is durable before each write, and the rollback. */
package dev.rekey.engine.undo;
