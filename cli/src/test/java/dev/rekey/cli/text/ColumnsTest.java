package dev.rekey.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ColumnsTest {
    private static final Columns COLUMNS =
            new Columns("table", "records").row("A", "1,200").row("Bcd", "7");
    private static final List<String> NAMES = List.of("written to", "a-production", "bcd-production-with-a-long-name");

    @Test
    void namesStandBesideTheirLinesWhereTheyFit() {
        assertThat(COLUMNS.beside(NAMES, 50))
                .containsExactly(
                        "  table  records  written to",
                        "  A        1,200  a-production",
                        "  Bcd          7  bcd-production-with-a-long-name");
    }

    @Test
    void namesStandBelowTheirLinesWhereOneDoesNotFit() {
        assertThat(COLUMNS.beside(NAMES, 48))
                .containsExactly(
                        "  table  records",
                        "    written to",
                        "  A        1,200",
                        "    a-production",
                        "  Bcd          7",
                        "    bcd-production-with-a-long-name");
    }
}
