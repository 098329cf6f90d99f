/** Exit codes and failures of commands. */
package dev.rekey.cli.exit;
