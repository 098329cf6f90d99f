/** Rekey's speed beside that of the fastest plain loops over the same records, measured in one run. */
package dev.rekey.bench;
