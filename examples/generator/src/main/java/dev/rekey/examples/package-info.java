/** Data for the examples: what lies in their tables before a migration. Knows nothing of Rekey. */
package dev.rekey.examples;
