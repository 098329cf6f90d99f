/**
 * The report of a run: JSON for programs, and one self-contained HTML page for people. The page is generated from the
 * JSON document alone, so it shows only what the document contains.
 */
package dev.rekey.engine.report;
