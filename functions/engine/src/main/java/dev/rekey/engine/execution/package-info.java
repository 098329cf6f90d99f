/** Executions of the workflow, as the functions of another execution see them. */
package dev.rekey.engine.execution;
