/** Starting an execution of the migration's state machine and following it to its end. */
package dev.rekey.cli.execution;
