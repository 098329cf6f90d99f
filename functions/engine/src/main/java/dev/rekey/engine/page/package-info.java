/**
 * A report as one self-contained HTML page: no script, no network. It is made from the report's JSON document alone, so
 * that it shows nothing that the document does not say.
 */
package dev.rekey.engine.page;
