package dev.rekey.local.functions;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * What a function knows about the call it answers.
 *
 * @param deadline when the function is given up on
 * @param log takes a line of the function's log
 */
public record Invocation(
        String requestId,
        FunctionName function,
        String functionArn,
        Instant deadline,
        InstantSource clock,
        Consumer<String> log) {

    /** Milliseconds until the deadline; never negative. */
    public int remainingMillis() {
        long millis = deadline.toEpochMilli() - clock.millis();
        return Math.clamp(millis, 0, Integer.MAX_VALUE);
    }
}
