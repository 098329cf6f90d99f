package dev.rekey.cli.command;

import dev.rekey.engine.store.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A clock that only waiting moves. */
public final class ManualTime implements Time {
    private final List<Duration> waits = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-02T03:04:05.678Z");

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void sleep(Duration duration) {
        waits.add(duration);
        now = now.plus(duration);
    }

    /** Everything that was waited for. */
    public List<Duration> waits() {
        return List.copyOf(waits);
    }
}
