package dev.rekey.engine.status;

import dev.rekey.engine.segment.History;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells from the marks that workers leave in their checkpoints how fast a run goes, whoever looks and since when. */
final class Rates {
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private Rates() {}

    /** @param begun when the execution began that works now: a sign of life, too */
    static RunProgress.Pace of(List<History> histories, Instant begun, Instant now) {
        var last = histories.stream()
                .map(History::lastAt)
                .filter(begun::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(begun);
        var first = histories.stream().map(History::begunAt).min(Comparator.naturalOrder());
        // The clocks of the workers may be ahead of ours.
        var end = latest(last, now);
        var begin = first.filter(end.minus(WINDOW)::isBefore).orElse(end.minus(WINDOW));
        double records = histories.stream()
                .mapToDouble(history -> records(history, begin, end))
                .sum();
        var seconds = seconds(begin, end);
        return new RunProgress.Pace(Optional.of(records / seconds).filter(rate -> seconds >= 1 && rate > 0), last);
    }

    /** As if what was done between two marks had been done evenly. */
    private static double records(History history, Instant begin, Instant end) {
        double sum = 0;
        var before = new History.Mark(history.begunAt(), 0);
        for (var mark : history.marks()) {
            var from = latest(before.at(), begin);
            var whole = seconds(before.at(), mark.at());
            if (mark.at().isAfter(begin)) {
                long done = mark.records() - before.records();
                sum += whole <= 0 ? done : done * Math.max(0, seconds(from, earliest(mark.at(), end))) / whole;
            }
            before = mark;
        }
        return sum;
    }

    private static Instant latest(Instant one, Instant other) {
        return Stream.of(one, other).max(Comparator.naturalOrder()).orElseThrow();
    }

    private static Instant earliest(Instant one, Instant other) {
        return Stream.of(one, other).min(Comparator.naturalOrder()).orElseThrow();
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
