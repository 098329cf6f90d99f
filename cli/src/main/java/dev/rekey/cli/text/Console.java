package dev.rekey.cli.text;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.util.function.Supplier;

/**
 * Where a command reads and writes.
 *
 * @param in what the user types
 * @param out data, and nothing else
 * @param err progress and diagnostics
 * @param terminal whether a person sits there: who can be asked, and who sees a line change
 * @param output what standard output is
 * @param screen the size of a terminal, which the user may change at any time
 * @param longest columns of a line of sentences in a terminal; elsewhere a sentence is one line, for programs to find
 */
public record Console(
        BufferedReader in,
        PrintWriter out,
        PrintWriter err,
        boolean terminal,
        Output output,
        Supplier<Screen> screen,
        int longest) {
    /** What standard output is. */
    public enum Output {
        FILE,
        TERMINAL,
        COLOURED_TERMINAL
    }

    /** The size of a terminal, in characters. */
    public record Screen(int columns, int rows) {
        /** Where nothing tells. */
        public static final Screen USUAL = new Screen(80, 24);
    }

    /** Shows sentences and tables as the result of a command. */
    public void show(String text) {
        Wrapping.folded(text, columns(output != Output.FILE)).forEach(out::println);
    }

    /** Tells something beside the result of a command. */
    public void tell(String text) {
        Wrapping.folded(text, columns(terminal)).forEach(err::println);
        err.flush();
    }

    private int columns(boolean seen) {
        return seen ? Math.min(longest, screen.get().columns()) : Integer.MAX_VALUE;
    }
}
