/** The steps of the demo. */
package dev.rekey.cli.command.demo;
