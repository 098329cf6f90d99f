package dev.rekey.engine.segment;

import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What one invocation made of a segment. */
public sealed interface SegmentOutcome {
    /** The invocation's time is up; the next one goes on at {@code page}. */
    record More(int page, Map<Counted, Long> counts) implements SegmentOutcome {}

    record Done(Map<Counted, Long> counts) implements SegmentOutcome {}

    /** Another worker may still be writing, at most until {@code until}. */
    record Busy(Instant until) implements SegmentOutcome {
        /** After how many seconds to come again, at least 1: the time may have come since the segment was found busy. */
        public long secondsFrom(Instant now) {
            return Math.max(1, 1 + Duration.between(now, until).toSeconds());
        }
    }

    /** The run is paused; the next invocation goes on at {@code page}. Nothing is under way and nothing is held. */
    record Paused(int page) implements SegmentOutcome {}

    /** The run's epoch was raised, or another worker took the segment: this one has nothing to do any more. */
    record Stopped() implements SegmentOutcome {}

    record Failed(Failure failure) implements SegmentOutcome {}
}
