package dev.rekey.engine.store;

/** Knows of the liveness of other invocations whether they live. */
@FunctionalInterface
public interface Liveness {
    /** Liveness unknown: on Lambda the sandbox of another invocation cannot be seen. */
    Liveness UNKNOWN = owner -> false;

    /** Whether {@code owner} is known to have ended, so that it writes nothing any more. */
    boolean isDead(String owner);
}
