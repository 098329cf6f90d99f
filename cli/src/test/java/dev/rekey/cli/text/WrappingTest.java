package dev.rekey.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrappingTest {
    private static final String RUN = "20260102T030405678Z-0a1b2c3d";

    @ParameterizedTest
    @ValueSource(ints = {20, 39, 40, 79, 80})
    void sentencesBreakAtWordsAtEveryWidth(int columns) {
        var text = "Cannot roll back: a later run has replaced what this one wrote. Nothing was changed.";
        var lines = Wrapping.folded(text, columns);
        assertThat(lines).allMatch(line -> line.length() <= columns);
        assertThat(String.join(" ", lines)).isEqualTo(text);
    }

    @Test
    void whatFitsStays() {
        assertThat(Wrapping.folded("a  b\n  c\n\nd", 10)).containsExactly("a  b", "  c", "", "d");
    }

    @Test
    void linesBelowStandWhereTheirFirstDoes() {
        assertThat(Wrapping.folded("    one two three", 12)).containsExactly("    one two", "    three");
        assertThat(Wrapping.folded("outcome    one two three", 19))
                .containsExactly("outcome    one two", "           three");
        assertThat(Wrapping.folded("rolled back  one two three", 22))
                .containsExactly("rolled back  one two", "             three");
    }

    /** A table is read by its columns. */
    @Test
    void rowsOfTablesStay() {
        assertThat(Wrapping.folded("Orders  1,000  2,000  of many", 12))
                .containsExactly("Orders  1,000  2,000  of many");
    }

    @Test
    void aCommandStaysInOnePiece() {
        var resume = "rekey resume --run " + RUN + " --local --data ./there";
        var rollback = "rekey rollback --run " + RUN + " --local --data ./there --drift overwrite";
        assertThat(Wrapping.folded("Its tables stay locked. Run: " + resume + " or " + rollback + ".", 40))
                .containsExactly("Its tables stay locked. Run:", resume, "or", rollback + ".");
        assertThat(Wrapping.folded("Find it with 'rekey runs --local', or restore the object.", 40))
                .containsExactly("Find it with 'rekey runs --local', or", "restore the object.");
        assertThat(List.of("rekey analyze my.plan.yaml --changes", "rekey status --run RUN --watch"))
                .allSatisfy(command ->
                        assertThat(Wrapping.folded("See: " + command, 10)).contains(command));
    }
}
