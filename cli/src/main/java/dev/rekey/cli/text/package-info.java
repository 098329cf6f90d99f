/** Text output: columns, progress, surveys, differences. */
package dev.rekey.cli.text;
