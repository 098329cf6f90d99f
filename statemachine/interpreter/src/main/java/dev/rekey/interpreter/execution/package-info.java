/**
 * Runs executions. The journal of an execution consists of {@link dev.rekey.interpreter.execution.Entry entries}; its
 * state ({@link dev.rekey.interpreter.execution.Progress}) is the fold of the entries, while it runs and after it is
 * reopened.
 */
package dev.rekey.interpreter.execution;
