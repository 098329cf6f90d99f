package dev.rekey.interpreter.api;

import java.time.Instant;

/** One entry of a list of state machines. */
public record StateMachineItem(StateMachineArn arn, String name, StateMachineType type, Instant creationDate) {}
