/** After the migration: source and target compared, every record, both ways. */
package dev.rekey.engine.verify;
