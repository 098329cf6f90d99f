/** The report of a run: JSON for programs, and the sentences that say how an execution ended. */
package dev.rekey.engine.report;
