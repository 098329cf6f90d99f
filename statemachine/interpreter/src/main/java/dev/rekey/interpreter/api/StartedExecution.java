package dev.rekey.interpreter.api;

import java.time.Instant;

/** The answer to a start: also that of an execution which was already running with the same name and input. */
public record StartedExecution(ExecutionArn arn, Instant startDate) {}
