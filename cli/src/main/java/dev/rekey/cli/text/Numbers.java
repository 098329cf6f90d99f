package dev.rekey.cli.text;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Numbers as people read them. */
public final class Numbers {
    private Numbers() {}

    /** {@code 12,345}. */
    public static String count(long number) {
        return Wording.count(number);
    }

    /** {@code 1 record}, {@code 12,345 records}. */
    public static String count(long number, String noun) {
        return Wording.count(number, noun);
    }

    /** {@code 3.2 s} below a minute, {@code 4:05} below an hour, else {@code 2:04:05}. */
    public static String duration(Duration duration) {
        if (duration.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        return duration.toHours() == 0
                ? "%d:%02d".formatted(duration.toMinutes(), duration.toSecondsPart())
                : "%d:%02d:%02d".formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }

    /** How long ago something was, roughly: {@code 12 minutes}, {@code 3 hours}, {@code 5 days}. */
    public static String age(Duration age) {
        if (age.toMinutes() < 1) {
            return "less than a minute";
        }
        if (age.toHours() < 2) {
            return count(age.toMinutes(), "minute");
        }
        return age.toDays() < 2 ? count(age.toHours(), "hour") : count(age.toDays(), "day");
    }

    /** Whole records per second; 0 if no time has passed. */
    public static long perSecond(long records, Duration elapsed) {
        return elapsed.isPositive() ? Math.round(records * 1000.0 / Math.max(1, elapsed.toMillis())) : 0;
    }

    /** Such as {@code 500 write units per second}, for each limit that there is. */
    public static List<String> limits(Limits limits) {
        return Stream.of(
                        limits.readUnitsPerSecond().map(units -> count(units, "read unit")),
                        limits.writeUnitsPerSecond().map(units -> count(units, "write unit")))
                .flatMap(Optional::stream)
                .map(units -> units + " per second")
                .toList();
    }
}
