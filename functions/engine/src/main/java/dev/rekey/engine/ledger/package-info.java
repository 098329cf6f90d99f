/** The append-only history of a run's decisions, each entry bound to the one before it. */
package dev.rekey.engine.ledger;
