package dev.rekey.interpreter.definition;

import java.util.List;
import java.util.OptionalLong;

/** One entry of {@code Retry}. */
public record Retrier(
        List<String> errors,
        long intervalSeconds,
        long maxAttempts,
        double backoffRate,
        OptionalLong maxDelaySeconds,
        Jitter jitter) {
    private static final long LONGEST_SECONDS = 31_622_400;

    /** Whether the delay is shortened by chance. */
    public enum Jitter {
        NONE,
        FULL
    }

    /** The longest delay in milliseconds before attempt {@code earlier + 1} after {@code earlier} retries. */
    public long delayMillis(long earlier) {
        double millis = (double) intervalSeconds * Math.pow(backoffRate, (double) earlier) * 1_000;
        long most = maxDelaySeconds.orElse(LONGEST_SECONDS) * 1_000;
        return Math.round(Math.min(millis, (double) most));
    }
}
