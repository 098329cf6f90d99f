package dev.rekey.cli.text;

import java.io.BufferedReader;
import java.io.PrintWriter;

/**
 * Where a command reads and writes.
 *
 * @param in what the user types
 * @param out data, and nothing else
 * @param err progress and diagnostics
 * @param terminal whether a person sits there: who can be asked, and who sees a line change
 * @param colour whether standard output is a terminal that is to show colours
 * @param width columns of that terminal, at least 40
 */
public record Console(
        BufferedReader in, PrintWriter out, PrintWriter err, boolean terminal, boolean colour, int width) {}
