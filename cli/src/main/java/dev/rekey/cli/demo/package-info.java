/** The tour that {@code rekey demo} gives. */
package dev.rekey.cli.demo;
