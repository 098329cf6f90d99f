package dev.rekey.engine.migration;

import dev.rekey.engine.store.Time;
import java.time.Duration;
import java.time.Instant;

/** A clock that only goes on when somebody waits, or when a test says so. */
public final class SteppingTime implements Time {
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void sleep(Duration duration) {
        now = now.plus(duration);
    }
}
