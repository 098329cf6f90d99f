/** The commands of the command line. */
package dev.rekey.cli.command;
