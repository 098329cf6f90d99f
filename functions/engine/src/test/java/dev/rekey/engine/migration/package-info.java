/** Whole migrations and their failures, on in-memory stores. */
package dev.rekey.engine.migration;
