package dev.rekey.interpreter.ports;

import java.time.Instant;
import java.time.InstantSource;

/** The clock and the alarm of the interpreter. */
public interface Timers extends InstantSource {
    /** Runs the action once, at or soon after the given time; at once when it has passed. Never on the caller's thread. */
    Alarm at(Instant time, Runnable action);

    /** A pending action. */
    @FunctionalInterface
    interface Alarm {
        /** Takes the action back; without effect once it has begun. */
        void cancel();
    }
}
