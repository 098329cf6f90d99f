/** Data of the examples before a migration. Does not depend on Rekey. */
package dev.rekey.examples;
