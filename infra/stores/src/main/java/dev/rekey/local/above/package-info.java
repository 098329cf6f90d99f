/** Runs in the processes of the stores, before anything else of ours. */
package dev.rekey.local.above;
