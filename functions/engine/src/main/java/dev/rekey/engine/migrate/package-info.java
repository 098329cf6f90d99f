/** Pages that write: scan, map, read, log, write. */
package dev.rekey.engine.migrate;
