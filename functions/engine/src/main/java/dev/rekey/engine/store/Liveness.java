package dev.rekey.engine.store;

/** Tells whether another invocation has ended. */
@FunctionalInterface
public interface Liveness {
    /** Liveness unknown: on Lambda, one invocation cannot see another. */
    Liveness UNKNOWN = owner -> false;

    /** Whether {@code owner} is known to have ended, so that it writes nothing any more. */
    boolean isDead(String owner);
}
