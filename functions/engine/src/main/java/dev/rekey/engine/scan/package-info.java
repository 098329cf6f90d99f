/** Reads tables in segments, pages and ranges. */
package dev.rekey.engine.scan;
