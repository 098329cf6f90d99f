/** What a migration will consume, cost and take, reckoned from what the analysis has counted. */
package dev.rekey.engine.forecast;
