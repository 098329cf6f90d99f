package dev.rekey.interpreter.api;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** One entry of a list of executions. {@code itemCount} and {@code mapRunArn} are there for children of a Map Run. */
public record ExecutionItem(
        ExecutionArn arn,
        StateMachineArn stateMachineArn,
        String name,
        ExecutionStatus status,
        Instant startDate,
        Optional<Instant> stopDate,
        Optional<MapRunArn> mapRunArn,
        OptionalInt itemCount,
        int redriveCount,
        Optional<Instant> redriveDate) {}
