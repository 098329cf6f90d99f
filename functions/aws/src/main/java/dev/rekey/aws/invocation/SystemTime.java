package dev.rekey.aws.invocation;

import dev.rekey.engine.store.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;

/** The clock of this machine. */
public final class SystemTime implements Time {
    private final InstantSource clock = InstantSource.system();

    @Override
    public Instant instant() {
        return clock.instant();
    }

    /** @throws CancellationException if the thread is interrupted; it stays interrupted */
    @Override
    public void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting");
        }
    }
}
