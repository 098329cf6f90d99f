package dev.rekey.engine.segment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * When a segment was worked on.
 *
 * @param begunAt start of its first invocation
 * @param invocations how many invocations were begun
 * @param retries how often a page was begun again, and an invocation taken over from one that never ended
 * @param consumed by all invocations until they last wrote this down
 * @param marks how many records were done at which time, oldest first; few, however long the segment is
 */
public record History(Instant begunAt, int invocations, int retries, Consumed consumed, List<Mark> marks) {
    /** More than these would make the checkpoint large. */
    private static final int MOST_MARKS = 24;

    public History {
        marks = List.copyOf(marks);
    }

    /** @param records done so far */
    public record Mark(Instant at, long records) {}

    static History begun(Instant now) {
        return new History(now, 1, 0, Consumed.NOTHING, List.of());
    }

    History resumed(boolean interrupted) {
        return new History(begunAt, invocations + 1, interrupted ? retries + 1 : retries, consumed, marks);
    }

    History retried() {
        return new History(begunAt, invocations, retries + 1, consumed, marks);
    }

    History consumed(Consumed all) {
        return new History(begunAt, invocations, retries, all, marks);
    }

    History marked(Instant now, long records) {
        var all = new ArrayList<>(marks);
        all.add(new Mark(now, records));
        if (all.size() > MOST_MARKS) {
            all.remove(mostDispensable(all));
        }
        return new History(begunAt, invocations, retries, consumed, all);
    }

    /** The mark whose neighbours are nearest to each other: so the marks stay about evenly apart. */
    private static int mostDispensable(List<Mark> all) {
        return IntStream.range(1, all.size() - 1)
                .boxed()
                .min(Comparator.comparing(i ->
                        Duration.between(all.get(i - 1).at(), all.get(i + 1).at())))
                .orElseThrow();
    }

    /** When the last page was done; before the first, when the segment was begun. */
    public Instant lastAt() {
        return marks.isEmpty() ? begunAt : marks.getLast().at();
    }
}
