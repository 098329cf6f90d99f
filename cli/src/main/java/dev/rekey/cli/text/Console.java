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
 * @param colour whether standard output is a terminal that is to show colours
 * @param screen the size of that terminal, which the user may change at any time
 */
public record Console(
        BufferedReader in,
        PrintWriter out,
        PrintWriter err,
        boolean terminal,
        boolean colour,
        Supplier<Screen> screen) {
    /** The size of a terminal, in characters. */
    public record Screen(int columns, int rows) {
        /** Where nothing tells. */
        public static final Screen USUAL = new Screen(80, 24);
    }
}
