package dev.rekey.engine.page;

import java.time.Duration;
import java.util.stream.LongStream;

/** Round steps of a time axis. */
final class TimeAxis {
    private static final int MOST = 9;
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private TimeAxis() {}

    /** The smallest round step that divides {@code all} into not too many parts. */
    static Duration step(Duration all) {
        var round = LongStream.of(
                10,
                20,
                50,
                100,
                200,
                500,
                SECOND,
                2 * SECOND,
                5 * SECOND,
                10 * SECOND,
                15 * SECOND,
                30 * SECOND,
                MINUTE,
                2 * MINUTE,
                5 * MINUTE,
                10 * MINUTE,
                15 * MINUTE,
                30 * MINUTE,
                HOUR,
                2 * HOUR,
                6 * HOUR,
                12 * HOUR);
        return Duration.ofMillis(round.filter(step -> all.toMillis() / step < MOST)
                .findFirst()
                .orElseGet(() -> DAY * Math.ceilDiv(all.toMillis(), DAY * MOST)));
    }

    static String label(Duration at) {
        long millis = at.toMillis();
        if (millis < SECOND) {
            return millis + " ms";
        }
        if (millis < MINUTE) {
            return millis % SECOND == 0 ? millis / SECOND + " s" : Formats.duration(at);
        }
        if (millis < HOUR) {
            return at.toSecondsPart() == 0
                    ? at.toMinutes() + " min"
                    : "%d:%02d".formatted(at.toMinutes(), at.toSecondsPart());
        }
        return at.toMinutesPart() == 0 ? at.toHours() + " h" : "%d:%02d h".formatted(at.toHours(), at.toMinutesPart());
    }
}
