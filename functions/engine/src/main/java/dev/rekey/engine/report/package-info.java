/**
 * What a run came to: JSON for machines, and one self-contained HTML page for people. The page is made from the JSON
 * document alone, so that it shows nothing that the document does not say.
 */
package dev.rekey.engine.report;
