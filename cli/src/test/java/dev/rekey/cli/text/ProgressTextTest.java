package dev.rekey.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTextTest {
    private static final Progress HALF = new Progress(Activity.MIGRATING, 6_000, 10_000, 10_000, 20_000);

    @Test
    void aLineForALog() {
        assertThat(ProgressText.line(HALF, Duration.ofSeconds(5)))
                .isEqualTo("migrating: 6,000 of 10,000 records, 50 %, 1,200 records/s, 5.0 s left");
    }

    @Test
    void aBarForATerminal() {
        assertThat(ProgressText.bar(HALF, Duration.ofSeconds(5), 200))
                .isEqualTo("migrating    ████████████░░░░░░░░░░░░  50 %  6,000 of 10,000 records  1,200 records/s"
                        + "  5.0 s left");
    }

    @Test
    void aBarIsNeverWiderThanTheTerminal() {
        assertThat(ProgressText.bar(HALF, Duration.ofSeconds(5), 40)).hasSize(40);
    }

    @Test
    void nothingIsPromisedBeforeAnythingIsDone() {
        var none = new Progress(Activity.READING, 0, 10, 0, 10);

        assertThat(ProgressText.line(none, Duration.ZERO)).isEqualTo("reading: 0 of 10 records, 0 %");
    }

    @Test
    void moreThanExpectedIsNoMoreThanAll() {
        var more = new Progress(Activity.READING, 30, 10, 30, 10);

        assertThat(more.share()).isEqualTo(1.0);
        assertThat(ProgressText.line(more, Duration.ofSeconds(1)))
                .isEqualTo("reading: 30 records, more than the 10 expected, 100 %, 30 records/s");
    }

    @Test
    void whatHasNoNumbersIsJustNamed() {
        var test = new Progress(Activity.TESTING, 0, 0, 0, 0);

        assertThat(ProgressText.line(test, Duration.ofSeconds(1))).isEqualTo("testing");
        assertThat(ProgressText.bar(test, Duration.ofSeconds(1), 80)).isEqualTo("testing");
    }
}
