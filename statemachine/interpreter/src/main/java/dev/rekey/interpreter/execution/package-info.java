/**
 * Runs executions. All that happens to one is a journal of {@link dev.rekey.interpreter.execution.Entry entries}; its
 * state ({@link dev.rekey.interpreter.execution.Progress}) is what folding the entries gives, while it runs and when it
 * is opened again.
 */
package dev.rekey.interpreter.execution;
