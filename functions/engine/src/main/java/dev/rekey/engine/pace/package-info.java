/** How fast a worker may go: a rate that adapts to what the tables bear, and its share of the run's limits. */
package dev.rekey.engine.pace;
