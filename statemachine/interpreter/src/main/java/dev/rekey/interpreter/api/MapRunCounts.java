package dev.rekey.interpreter.api;

/** How many items or child executions of a Map Run are where; {@code total} is the sum of the five states. */
public record MapRunCounts(
        long pending,
        long running,
        long succeeded,
        long failed,
        long timedOut,
        long aborted,
        long total,
        long resultsWritten,
        long failuresNotRedrivable,
        long pendingRedrive) {}
