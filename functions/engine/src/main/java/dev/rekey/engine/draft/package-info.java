/** Drafts a plan from what existing tables hold: which attributes are references, and how that is known. */
package dev.rekey.engine.draft;
