/** The tour that the demo gives. */
package dev.rekey.cli.command.demo;
