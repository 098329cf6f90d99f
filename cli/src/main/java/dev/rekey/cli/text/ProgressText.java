package dev.rekey.cli.text;

import java.time.Duration;
import java.util.Optional;

/** Progress as a line of text. */
public final class ProgressText {
    private static final int WORDS = 13;
    private static final int BAR = 24;

    /** Before this, rates and what follows from them are noise. */
    private static final Duration TOO_SOON = Duration.ofSeconds(1);

    private ProgressText() {}

    /** For a log: {@code migrating: 4,312 of 10,000 records, 43 %, 1,612 records/s, 3.5 s left}. */
    public static String line(Progress progress, Duration elapsed) {
        var text = new StringBuilder(progress.activity().words());
        if (progress.expectedWork() > 0) {
            text.append(": ").append(records(progress)).append(", ").append(percent(progress));
            var before = new Progress(progress.activity(), 0, 0, 0, 0);
            rate(progress, before, elapsed).ifPresent(rate -> text.append(", ").append(rate));
            left(progress, before, elapsed).ifPresent(left -> text.append(", ").append(left));
        }
        return text.toString();
    }

    /** For a terminal: the same with a bar, cut to {@code width} columns. */
    public static String bar(Progress progress, Duration elapsed, int width) {
        return bar(progress, new Progress(progress.activity(), 0, 0, 0, 0), elapsed, width);
    }

    /** @param before what was done when {@code elapsed} began */
    static String bar(Progress progress, Progress before, Duration elapsed, int width) {
        var text = new StringBuilder(progress.activity().words());
        if (progress.expectedWork() > 0) {
            text.append(" ".repeat(Math.max(1, WORDS - text.length())));
            int full = (int) Math.floor(progress.share() * BAR);
            text.append("█".repeat(full)).append("░".repeat(BAR - full));
            text.append("  ").append(percent(progress)).append("  ").append(records(progress));
            rate(progress, before, elapsed).ifPresent(rate -> text.append("  ").append(rate));
            left(progress, before, elapsed).ifPresent(left -> text.append("  ").append(left));
        }
        return text.length() > width ? text.substring(0, width) : text.toString();
    }

    /** How many records of how many: the expected number is an estimate. */
    public static String records(Progress progress) {
        if (progress.records() > progress.expected()) {
            return Numbers.count(progress.records(), "record") + ", more than the " + Numbers.count(progress.expected())
                    + " expected";
        }
        return Numbers.count(progress.records()) + " of " + Numbers.count(progress.expected(), "record");
    }

    private static String percent(Progress progress) {
        return (int) Math.floor(progress.share() * 100) + " %";
    }

    private static Optional<String> rate(Progress progress, Progress before, Duration elapsed) {
        if (elapsed.compareTo(TOO_SOON) < 0) {
            return Optional.empty();
        }
        long records = progress.records() - before.records();
        return Optional.of(Numbers.count(Numbers.perSecond(records, elapsed)) + " records/s");
    }

    private static Optional<String> left(Progress progress, Progress before, Duration elapsed) {
        long done = progress.work() - before.work();
        if (elapsed.compareTo(TOO_SOON) < 0 || done <= 0 || progress.share() >= 1.0) {
            return Optional.empty();
        }
        double millis = (double) elapsed.toMillis() * (progress.expectedWork() - progress.work()) / done;
        return Optional.of(Numbers.duration(Duration.ofMillis((long) millis)) + " left");
    }
}
