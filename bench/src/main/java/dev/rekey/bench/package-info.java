/** Compares Rekey's speed with that of the fastest plain loops over the same records. */
package dev.rekey.bench;
