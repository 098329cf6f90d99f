/** The one place of the command line that makes clients, reads the clock and hears that the process is to end. */
package dev.rekey.cli.wiring;
