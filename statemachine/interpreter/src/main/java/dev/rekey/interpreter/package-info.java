/**
 * Runs documents of the Amazon States Language (JSONata dialect) on one machine. {@link
 * dev.rekey.interpreter.StepFunctions} is the way in: it offers what the service's API offers, as Java methods. The
 * packages {@code task}, {@code objects}, {@code time} and {@code store} hold the ports that are handed in.
 */
package dev.rekey.interpreter;
