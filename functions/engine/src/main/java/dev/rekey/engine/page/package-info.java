/**
 * The page of a report: one self-contained HTML document for people. It shows only what the report contains, and what lies
 * beside it in the bucket: the analysis, the ledger, and the ids of small runs.
 */
package dev.rekey.engine.page;
