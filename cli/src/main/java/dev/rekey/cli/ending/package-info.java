/** How a command ends: its exit code and what is said about it. */
package dev.rekey.cli.ending;
