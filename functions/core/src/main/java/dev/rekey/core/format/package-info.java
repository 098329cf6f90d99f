/** Reads the records of files, and writes them. */
package dev.rekey.core.format;
