package dev.rekey.engine.segment;

import dev.rekey.core.plan.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The work at one segment.
 *
 * @param throttled whether its tables refused requests
 */
public record SegmentSpan(TableName table, History history, boolean throttled) {

    Instant begunAt() {
        return history.begunAt();
    }

    Instant endedAt() {
        return history.lastAt();
    }

    long records() {
        return history.marks().isEmpty() ? 0 : history.marks().getLast().records();
    }

    /** Some of the segment's records, done between two moments. */
    record Part(Instant from, Instant to, long records) {}

    List<Part> parts() {
        var parts = new ArrayList<Part>();
        var from = begunAt();
        long before = 0;
        for (var mark : history.marks()) {
            parts.add(new Part(from, mark.at(), mark.records() - before));
            from = mark.at();
            before = mark.records();
        }
        return parts;
    }
}
