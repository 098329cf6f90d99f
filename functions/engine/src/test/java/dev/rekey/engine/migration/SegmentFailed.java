package dev.rekey.engine.migration;

import dev.rekey.engine.run.Failure;

/** A segment failed, and with it the workflow's map. */
final class SegmentFailed extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Failure failure;

    SegmentFailed(Failure failure) {
        super(failure.id() + ": " + failure.message());
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
