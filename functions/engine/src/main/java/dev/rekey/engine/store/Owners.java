package dev.rekey.engine.store;

/** Knows of the owners of other turns whether they live. */
@FunctionalInterface
public interface Owners {
    /** Of nobody anything is known: on Lambda the sandbox of another invocation cannot be seen. */
    Owners UNKNOWN = owner -> false;

    /** Whether {@code owner} is known to have ended, so that it writes nothing any more. */
    boolean isDead(String owner);
}
