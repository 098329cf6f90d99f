/** The {@code rekey} command. */
package dev.rekey.cli;
