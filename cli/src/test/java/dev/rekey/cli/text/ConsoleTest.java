package dev.rekey.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ConsoleTest {
    private static final String WHOLE = "one two three\n";
    private static final String WRAPPED = "one two\nthree\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aTerminalGetsSentencesThatFitIt() {
        print(true, Console.Output.TERMINAL, 80, 10);
        assertThat(out).hasToString(WRAPPED);
        assertThat(err).hasToString(WRAPPED);
    }

    @Test
    void sentencesAreReadableInAWideTerminal() {
        print(true, Console.Output.COLOURED_TERMINAL, 10, 200);
        assertThat(out).hasToString(WRAPPED);
        assertThat(err).hasToString(WRAPPED);
    }

    /** As of {@code rekey init > plan.yaml}. */
    @Test
    void aFileGetsWholeSentencesAndThePersonWhoWaitsGetsLines() {
        print(true, Console.Output.FILE, 10, 10);
        assertThat(out).hasToString(WHOLE);
        assertThat(err).hasToString(WRAPPED);
    }

    @Test
    void aLogGetsWholeSentences() {
        print(false, Console.Output.TERMINAL, 10, 10);
        assertThat(out).hasToString(WRAPPED);
        assertThat(err).hasToString(WHOLE);
    }

    private void print(boolean terminal, Console.Output output, int longest, int columns) {
        var console = new Console(
                new BufferedReader(Reader.nullReader()),
                new PrintWriter(out),
                new PrintWriter(err),
                terminal,
                output,
                () -> new Console.Screen(columns, 24),
                longest);
        console.show("one two three");
        console.tell("one two three");
    }
}
