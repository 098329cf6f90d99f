package dev.rekey.interpreter.api;

import java.time.Instant;

/** A state machine as it is now, or as it was when a given execution started. Its status is always ACTIVE. */
public record StateMachineDescription(
        StateMachineArn arn,
        String name,
        StateMachineType type,
        String definition,
        String roleArn,
        Instant creationDate,
        Instant updateDate,
        String revisionId) {}
