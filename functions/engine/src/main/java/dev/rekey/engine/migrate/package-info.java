/** Copies pages: scan, map, read, log, write. */
package dev.rekey.engine.migrate;
