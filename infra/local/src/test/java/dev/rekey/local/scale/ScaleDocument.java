package dev.rekey.local.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of sizes in {@code docs/internals/performance.md}. */
final class ScaleDocument {
    private static final Path PATH = Path.of("..", "..", "docs", "internals", "performance.md");
    private static final String BEGIN = "<!-- computed: -Dscale.write=true -->\n";
    private static final String END = "<!-- end -->\n";
    private static final double MILLION = 1e6;
    private static final double SECONDS_OF_HOUR = 3600;

    private ScaleDocument() {}

    /** What stands in the document. */
    static String written() throws IOException {
        var text = Files.readString(PATH);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        return text.substring(begin, text.indexOf(END, begin));
    }

    static void write(String table) throws IOException {
        var text = Files.readString(PATH);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(PATH, text.substring(0, begin) + table + text.substring(text.indexOf(END, begin)));
    }

    static String table(List<Scale> scales) {
        return "| records of 1 KB | " + row(scales, one -> count(one.records() / MILLION) + " million") + "\n"
                + "|---|" + "---|".repeat(scales.size()) + "\n"
                + line("segments of the two source tables", scales, one -> count(one.segments()))
                + line("partitions of the joins", scales, one -> count(one.partitions()))
                + line("workers at once, at most", scales, _ -> count(ScaledRun.WORKERS))
                + line("children of Distributed Maps", scales, one -> count(one.children()))
                + line("largest payload, KiB", scales, one -> count(Math.ceil(one.largestPayload() / 1024.0)))
                + line("events of the execution with the most", scales, one -> count(one.mostEvents()))
                + line("state transitions", scales, one -> count(one.transitions()))
                + line("state transitions per million records", scales, one -> count(one.transitionsPerMillion()))
                + line(
                        "invocations",
                        scales,
                        one -> count(one.forecast().consumption().invocations()))
                + line(
                        "function hours",
                        scales,
                        one -> decimal(one.forecast().consumption().functionSeconds() / SECONDS_OF_HOUR))
                + line(
                        "read units, millions",
                        scales,
                        one -> decimal(one.forecast().consumption().readUnits() / MILLION))
                + line(
                        "write units, millions",
                        scales,
                        one -> decimal(one.forecast().consumption().writeUnits() / MILLION))
                + line(
                        "objects written, thousands",
                        scales,
                        one -> decimal(one.forecast().consumption().objectWrites() / 1e3))
                + line(
                        "objects read, thousands",
                        scales,
                        one -> decimal(one.forecast().consumption().objectReads() / 1e3))
                + line(
                        "hours from start to end",
                        scales,
                        one -> decimal(one.forecast().seconds() / SECONDS_OF_HOUR))
                + line("limited by", scales, one -> one.forecast().limitedBy())
                + line("reads, $", scales, one -> decimal(one.forecast().price().reads()))
                + line(
                        "writes, $",
                        scales,
                        one -> decimal(one.forecast().price().writes()))
                + line(
                        "objects, $",
                        scales,
                        one -> decimal(one.forecast().price().objects()))
                + line(
                        "state transitions, $",
                        scales,
                        one -> decimal(one.forecast().price().transitions()))
                + line(
                        "functions, $",
                        scales,
                        one -> decimal(one.forecast().price().functions()))
                + line(
                        "together, $",
                        scales,
                        one -> decimal(one.forecast().price().total()));
    }

    private static String line(String name, List<Scale> scales, Function<Scale, String> cell) {
        return "| " + name + " | " + row(scales, cell) + "\n";
    }

    private static String row(List<Scale> scales, Function<Scale, String> cell) {
        return scales.stream().map(cell).collect(Collectors.joining(" | ", "", " |"));
    }

    private static String count(Number number) {
        return String.format(Locale.ROOT, "%,.0f", number.doubleValue());
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, number < 100 ? "%,.2f" : "%,.0f", number);
    }
}
