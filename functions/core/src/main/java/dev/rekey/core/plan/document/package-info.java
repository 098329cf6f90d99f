/** The text of a plan: its tree with positions, paths into it, expressions' trees, and what is wrong with it. */
package dev.rekey.core.plan.document;
