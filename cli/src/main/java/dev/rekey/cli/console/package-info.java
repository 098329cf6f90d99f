/** What is read from and shown to the person at the terminal. */
package dev.rekey.cli.console;
