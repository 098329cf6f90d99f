package dev.rekey.interpreter.api;

import java.time.Instant;
import java.util.Optional;

/** A Map Run as it is now. {@code maxConcurrency} 0 means unlimited. */
public record MapRunDescription(
        MapRunItem item,
        MapRunStatus status,
        int maxConcurrency,
        double toleratedFailurePercentage,
        long toleratedFailureCount,
        MapRunCounts itemCounts,
        MapRunCounts executionCounts,
        int redriveCount,
        Optional<Instant> redriveDate) {}
