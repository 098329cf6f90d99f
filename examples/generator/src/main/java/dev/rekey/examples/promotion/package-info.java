/** The tables and records of the example {@code environment-promotion}. */
package dev.rekey.examples.promotion;
