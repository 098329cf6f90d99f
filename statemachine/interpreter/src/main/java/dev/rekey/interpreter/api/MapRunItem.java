package dev.rekey.interpreter.api;

import java.time.Instant;
import java.util.Optional;

/** One entry of a list of Map Runs. */
public record MapRunItem(
        MapRunArn arn,
        ExecutionArn executionArn,
        StateMachineArn stateMachineArn,
        Instant startDate,
        Optional<Instant> stopDate) {}
