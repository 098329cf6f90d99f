/** What is wrong with the data of a run: one finding for each record, gathered into what a reader can take in. */
package dev.rekey.engine.finding;
