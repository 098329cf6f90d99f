package dev.rekey.handlers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.engine.run.ErrorNames;
import dev.rekey.engine.segment.SegmentOutcome;
import java.time.Instant;
import java.util.Optional;

/**
 * What a worker answers.
 *
 * @param outcome {@code done}, {@code more}, {@code paused}, {@code busy}, {@code stopped} or {@code failed}
 * @param page number of the next page; the cursor itself lies in the checkpoint
 * @param waitSeconds after how long to come again, when busy
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record SegmentAnswer(
        String outcome,
        Optional<Integer> page,
        Optional<Long> waitSeconds,
        Optional<String> error,
        Optional<String> message) {

    static final SegmentAnswer DONE =
            new SegmentAnswer("done", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static SegmentAnswer of(SegmentOutcome outcome, Instant now) {
        return switch (outcome) {
            case SegmentOutcome.Done _ -> DONE;
            case SegmentOutcome.More more ->
                new SegmentAnswer(
                        "more", Optional.of(more.page()), Optional.empty(), Optional.empty(), Optional.empty());
            case SegmentOutcome.Paused(int page) -> paused(page);
            case SegmentOutcome.Busy busy ->
                new SegmentAnswer(
                        "busy",
                        Optional.empty(),
                        Optional.of(busy.secondsFrom(now)),
                        Optional.empty(),
                        Optional.empty());
            case SegmentOutcome.Stopped _ ->
                failure("stopped", ErrorNames.SUPERSEDED, "Another execution has taken over the run or its segment.");
            case SegmentOutcome.Failed failed ->
                failure("failed", ErrorNames.SEGMENT_FAILED, failed.failure().message());
        };
    }

    static SegmentAnswer paused(int page) {
        return new SegmentAnswer("paused", Optional.of(page), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static SegmentAnswer failure(String outcome, String error, String message) {
        return new SegmentAnswer(outcome, Optional.empty(), Optional.empty(), Optional.of(error), Optional.of(message));
    }
}
