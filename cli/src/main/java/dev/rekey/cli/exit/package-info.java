/** How a command ends: exit codes and failures. */
package dev.rekey.cli.exit;
