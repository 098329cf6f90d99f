/** The history of an execution as the service shows it. */
package dev.rekey.interpreter.history;
