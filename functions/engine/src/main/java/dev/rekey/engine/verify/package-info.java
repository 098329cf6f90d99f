/** Verification after the migration: compares every record of source and target in both directions. */
package dev.rekey.engine.verify;
