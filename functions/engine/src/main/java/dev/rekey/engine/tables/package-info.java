/** Compares the tables of the target with what a plan needs, and creates what is missing. */
package dev.rekey.engine.tables;
