package dev.rekey.engine.segment;

import dev.rekey.engine.store.Objects.ObjectKey;

/** Somebody else works on the segment now: this worker stops at once. */
public final class LostClaim extends RuntimeException {
    private static final long serialVersionUID = 1;

    LostClaim(ObjectKey checkpoint) {
        super(
                "Cannot write " + checkpoint
                        + ": another worker has taken over the segment. Its checkpoint was not changed. No action is needed: the other worker continues.");
    }
}
