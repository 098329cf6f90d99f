/** Whole migrations, and the worst that can happen to them, on stores in memory. */
package dev.rekey.engine.migration;
