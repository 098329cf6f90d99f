/**
 * The states of the workflow, one class each: what a function does in one invocation, with the stores, the lease and the
 * pace that belong to it. Functions, proofs and tests call the same classes.
 */
package dev.rekey.engine.workflow;
