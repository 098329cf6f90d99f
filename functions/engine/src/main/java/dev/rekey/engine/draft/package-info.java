/** Drafts a plan from the content of existing tables: which attributes are references, with the evidence. */
package dev.rekey.engine.draft;
