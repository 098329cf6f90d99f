/** The example {@code customer-merge}. */
package dev.rekey.examples.merges;
