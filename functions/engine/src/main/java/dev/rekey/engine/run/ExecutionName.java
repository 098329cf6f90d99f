package dev.rekey.engine.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** The name of an execution, unique in its state machine; 1 to 80 letters, digits and hyphens. */
public record ExecutionName(String value) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    public static ExecutionName of(Action action, Instant now, RandomGenerator random) {
        return new ExecutionName("%s-%s-%016x".formatted(action.word(), TIME.format(now), random.nextLong()));
    }

    @Override
    public String toString() {
        return value;
    }
}
