/** Comparing source and target after a migration: every record, both ways. */
package dev.rekey.engine.verify;
