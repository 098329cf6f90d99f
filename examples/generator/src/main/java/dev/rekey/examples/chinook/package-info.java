/** The tables and records of the example {@code chinook}. */
package dev.rekey.examples.chinook;
