/** A run as its workers see it: the frozen plan, tables, families and orphans, ready to map records. */
package dev.rekey.engine.opened;
