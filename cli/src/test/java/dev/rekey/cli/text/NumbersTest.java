package dev.rekey.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void countsHaveSeparatorsAndANoun() {
        assertThat(Numbers.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Numbers.count(1, "record")).isEqualTo("1 record");
        assertThat(Numbers.count(0, "record")).isEqualTo("0 records");
    }

    @Test
    void durationsGrowWithTheirUnits() {
        assertThat(Numbers.duration(Duration.ofMillis(3_240))).isEqualTo("3.2 s");
        assertThat(Numbers.duration(Duration.ofSeconds(245))).isEqualTo("4:05");
        assertThat(Numbers.duration(Duration.ofSeconds(7_445))).isEqualTo("2:04:05");
    }

    @Test
    void noTimeGivesNoRate() {
        assertThat(Numbers.perSecond(100, Duration.ZERO)).isZero();
        assertThat(Numbers.perSecond(100, Duration.ofMillis(500))).isEqualTo(200);
    }

    @Test
    void columnsStandInLine() {
        var columns = new Columns("table", "records").row("Contacts", "12").row("Quotes", "1,234");

        assertThat(columns.lines()).containsExactly("table     records", "Contacts       12", "Quotes      1,234");
    }
}
