/** How far an execution has come: read from the run's folder, shown as a line of text. */
package dev.rekey.cli.progress;
