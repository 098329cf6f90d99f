/** The example {@code customers-to-contacts}. */
package dev.rekey.examples.contacts;
