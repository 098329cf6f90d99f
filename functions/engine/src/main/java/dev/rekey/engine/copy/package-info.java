/** How a page is written: scan, map, read, log, write. */
package dev.rekey.engine.copy;
