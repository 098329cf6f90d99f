package dev.rekey.cli.text;

import dev.rekey.engine.status.Activity;
import dev.rekey.engine.status.RunProgress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Progress in words. */
public final class ProgressText {
    private static final int LONGEST_BAR = 40;
    private static final int SHORTEST_BAR = 5;

    /** A younger sign of life needs no word. */
    private static final Duration LATELY = Duration.ofSeconds(10);

    private ProgressText() {}

    /** For a log: {@code copying level 2 of 5, 43 %: copied 4,312 of 10,000 records, verified 0; 1,612 records/s, 3.5 s left}. */
    public static String line(RunProgress progress) {
        return progress.tables().isEmpty()
                ? join(Stream.concat(Stream.of(stage(progress)), facts(progress).stream()))
                : stage(progress) + ", " + percent(progress.share()) + ": "
                        + join(Stream.concat(counts(progress).stream(), facts(progress).stream()));
    }

    /** For a terminal: a bar, what was done, and how it goes on, none of them wider than {@code width} columns. */
    static List<String> lines(RunProgress progress, int width) {
        var lines = new ArrayList<String>();
        lines.add(bar(progress, width));
        lines.addAll(fold(counts(progress), width));
        lines.addAll(fold(facts(progress), width));
        return lines;
    }

    private static String bar(RunProgress progress, int width) {
        var stage = stage(progress);
        var percent = percent(progress.share());
        int room = Math.min(LONGEST_BAR, width - stage.length() - percent.length() - 4);
        if (progress.tables().isEmpty()) {
            return cut(stage, width);
        }
        return room < SHORTEST_BAR
                ? cut(stage + ", " + percent, width)
                : stage + "  " + bar(progress.share(), room) + "  " + percent;
    }

    static String bar(double share, int columns) {
        int full = (int) Math.floor(share * columns);
        return "█".repeat(full) + "░".repeat(columns - full);
    }

    private static String stage(RunProgress progress) {
        return progress.activity().words() + progress.level().map(" "::concat).orElse("");
    }

    /** What was dealt with; the expected number may be an estimate. */
    private static List<String> counts(RunProgress progress) {
        if (progress.tables().isEmpty()) {
            return List.of();
        }
        var done = progress.verified().isPresent() ? Activity.COPYING : progress.activity();
        var all = new ArrayList<String>();
        all.add(done.done() + " "
                + (progress.records() > progress.expected()
                        ? Numbers.count(progress.records(), "record") + ", more than the "
                                + Numbers.count(progress.expected()) + " expected"
                        : Numbers.count(progress.records()) + " of " + Numbers.count(progress.expected(), "record")));
        progress.verified().ifPresent(verified -> all.add("verified " + Numbers.count(verified)));
        return all;
    }

    /** How fast it goes, what holds it back and how long it takes. */
    private static List<String> facts(RunProgress progress) {
        var throttle = progress.throttle();
        var limits = throttle.limits();
        return Stream.of(
                        throttle.paused()
                                .map(since -> "paused since " + since.truncatedTo(ChronoUnit.SECONDS) + " ("
                                        + Numbers.duration(Duration.between(since, progress.at())) + ")"),
                        silence(progress),
                        throttle.refused(),
                        progress.rate().map(rate -> rate(rate)),
                        limits.readUnitsPerSecond().map(units -> "limit " + Numbers.count(units) + " read units/s"),
                        limits.writeUnitsPerSecond().map(units -> "limit " + Numbers.count(units) + " write units/s"),
                        Optional.of(throttle.slowed())
                                .filter(slowed -> slowed > 0)
                                .map(slowed -> Numbers.count(slowed, "segment") + " throttled"),
                        Optional.of(throttle.retries())
                                .filter(retries -> retries > 0)
                                .map(retries -> retries == 1 ? "1 retry" : Numbers.count(retries) + " retries"),
                        progress.left().map(left -> Numbers.duration(left) + " left at this rate"))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Where no checkpoints are looked at, there are no signs. */
    private static Optional<String> silence(RunProgress progress) {
        return Optional.of(progress.silence())
                .filter(_ -> !progress.tables().isEmpty())
                .filter(age -> progress.throttle().paused().isEmpty() && age.compareTo(LATELY) >= 0)
                .map(age -> "no sign of life for " + Numbers.duration(age));
    }

    /** A few per second have a decimal. */
    private static String rate(double perSecond) {
        if (perSecond < 0.1) {
            return "less than 0.1 records/s";
        }
        return (perSecond < 10 ? String.format(Locale.ROOT, "%.1f", perSecond) : Numbers.count(Math.round(perSecond)))
                + " records/s";
    }

    /** Never rounded up: 100 % is the end. */
    public static String percent(double share) {
        return (int) Math.floor(share * 100) + " %";
    }

    private static String join(Stream<String> parts) {
        return String.join(", ", parts.toList());
    }

    /** The parts one after the other, in as many lines as they need. */
    static List<String> fold(List<String> parts, int width) {
        var lines = new ArrayList<String>();
        for (var part : parts) {
            if (!lines.isEmpty() && lines.getLast().length() + 2 + part.length() <= width) {
                lines.add(lines.removeLast() + ", " + part);
            } else {
                lines.add(cut(part, width));
            }
        }
        return lines;
    }

    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
    }
}
