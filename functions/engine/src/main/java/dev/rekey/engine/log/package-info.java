/** The undo log, which is durable before each write: what a run wrote, page by page, and how it is read back. */
package dev.rekey.engine.log;
