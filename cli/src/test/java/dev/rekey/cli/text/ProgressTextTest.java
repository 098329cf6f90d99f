package dev.rekey.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.Limits;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.status.Activity;
import dev.rekey.engine.status.RunProgress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTextTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:10:00Z");
    private static final RunProgress.OfTable DONE = table(1, "A", 6_000, 6_000, 6_000, 2);
    private static final RunProgress.OfTable HALF = table(2, "B".repeat(60), 4_000, 2_000, 0, 0);

    @Test
    void aLineOfALogSaysEverything() {
        assertThat(ProgressText.line(copying(DONE, HALF)))
                .isEqualTo("copying level 2 of 2, 70 %: copied 8,000 of 10,000 records, verified 6,000,"
                        + " 1,200 records/s, limit 500 write units/s, 2 segments throttled, 1 retry,"
                        + " 5.0 s left at this rate");
    }

    @Test
    void aTerminalOf80ColumnsShowsTheSameInLinesThatFit() {
        assertThat(ProgressText.lines(copying(DONE, HALF), 79))
                .containsExactly(
                        "copying level 2 of 2  ████████████████████████████░░░░░░░░░░░░  70 %",
                        "copied 8,000 of 10,000 records, verified 6,000",
                        "1,200 records/s, limit 500 write units/s, 2 segments throttled, 1 retry",
                        "5.0 s left at this rate");
    }

    @Test
    void tablesAreShownAsFarAsThereIsRoom() {
        assertThat(WatchText.lines(copying(DONE, HALF), 79, 23))
                .endsWith(
                        "levels: 1 done, 2 at 25 %",
                        "level  table                                            copied  verified     of",
                        "    2  BBBBBBBBBBBBBBBBBBBBBBBBBB…  ███░░░░░░░░░  25 %   2,000         0  4,000",
                        "1 of 2 tables done");
        var many = IntStream.range(0, 40)
                .mapToObj(i -> table(1, "T" + i, 9_999_999, 1_000_000, 0, 0))
                .toArray(RunProgress.OfTable[]::new);
        for (int rows = 10; rows < 50; rows++) {
            assertThat(WatchText.lines(copying(many), 79, rows)).hasSizeLessThanOrEqualTo(rows);
        }
        assertThat(WatchText.lines(copying(many), 79, 15).getLast())
                .matches("0 of 40 tables done, \\d+ more in progress");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        for (int width = 20; width < 120; width++) {
            int most = width;
            assertThat(WatchText.lines(copying(DONE, HALF), width, 23))
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(most));
        }
    }

    @Test
    void moreRecordsThanExpectedAreNotMoreThanEverything() {
        var more = copying(table(1, "A", 10, 30, 5, 0));
        assertThat(ProgressText.line(more)).startsWith("copying, 99 %: copied 30 records, more than the 10 expected");
    }

    @Test
    void withoutAnythingToCountThereIsNoBarAndNoSignToWaitFor() {
        var test = new RunProgress(
                Activity.TESTING,
                NOW,
                List.of(),
                new RunProgress.Pace(Optional.empty(), NOW.minusSeconds(60)),
                new RunProgress.Throttle(Optional.empty(), Limits.NONE, 0, 0, Optional.empty()));
        assertThat(ProgressText.line(test)).isEqualTo("testing");
        assertThat(WatchText.lines(test, 79, 23)).containsExactly("testing");
    }

    private static RunProgress copying(RunProgress.OfTable... tables) {
        return new RunProgress(
                Activity.COPYING,
                NOW,
                List.of(tables),
                new RunProgress.Pace(Optional.of(1_200.0), NOW),
                new RunProgress.Throttle(
                        Optional.empty(), new Limits(Optional.empty(), Optional.of(500)), 2, 1, Optional.empty()));
    }

    private static RunProgress.OfTable table(
            int level, String name, long expected, long copied, long verified, int segments) {
        return new RunProgress.OfTable(
                level,
                new TableName(name),
                expected,
                copied,
                Optional.of(verified),
                new RunProgress.Segments(segments, segments, 2));
    }
}
