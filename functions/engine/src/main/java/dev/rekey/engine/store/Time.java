package dev.rekey.engine.store;

import java.time.Duration;
import java.time.InstantSource;

/** The clock, and waiting. */
public interface Time extends InstantSource {
    /** Returns after {@code duration}. */
    void sleep(Duration duration);
}
