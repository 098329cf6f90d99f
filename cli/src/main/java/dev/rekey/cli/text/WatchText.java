package dev.rekey.cli.text;

import dev.rekey.core.item.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A run's progress as several lines, the same number of columns wide at most as the terminal. */
final class WatchText {
    private static final int MOST_TABLES = 12;
    private static final int BAR = 12;

    private WatchText() {}

    /**
     * @param elapsed since {@code before}
     * @param before what was done when somebody began to look
     */
    static List<String> lines(RunProgress progress, Progress before, Duration elapsed, int width) {
        var lines = new ArrayList<String>();
        lines.add(ProgressText.bar(progress.all(), before, elapsed, width));
        state(progress).ifPresent(lines::add);
        levels(progress).ifPresent(lines::add);
        lines.addAll(tables(progress));
        return lines.stream()
                .map(line -> line.length() > width ? line.substring(0, width) : line)
                .toList();
    }

    private static Optional<String> state(RunProgress progress) {
        var limits = progress.limits();
        var facts = Stream.of(
                        progress.paused().map(since -> "paused since " + since),
                        limits.readUnitsPerSecond().map(units -> "at most " + Numbers.count(units) + " read units/s"),
                        limits.writeUnitsPerSecond().map(units -> "at most " + Numbers.count(units) + " write units/s"),
                        Optional.of(progress.slowed())
                                .filter(slowed -> slowed > 0)
                                .map(slowed -> Numbers.count(slowed, "segment") + " throttled"),
                        Optional.of(progress.retries())
                                .filter(retries -> retries > 0)
                                .map(WatchText::retries))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return facts.isEmpty() ? Optional.empty() : Optional.of(facts);
    }

    private static String retries(int retries) {
        return retries == 1 ? "1 retry" : Numbers.count(retries) + " retries";
    }

    /** {@code levels: 1 done, 2 at 61 %, 3, 4}. */
    private static Optional<String> levels(RunProgress progress) {
        var byLevel = progress.tables().stream().collect(Collectors.groupingBy(RunProgress.OfTable::level));
        return byLevel.size() < 2
                ? Optional.empty()
                : Optional.of("levels: "
                        + byLevel.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(level -> level.getKey() + state(level.getValue()))
                                .collect(Collectors.joining(", ")));
    }

    private static String state(List<RunProgress.OfTable> tables) {
        if (tables.stream().allMatch(RunProgress.OfTable::isDone)) {
            return " done";
        }
        double share = tables.stream()
                .mapToDouble(RunProgress.OfTable::share)
                .average()
                .orElse(0);
        return share > 0 ? " at " + percent(share) : "";
    }

    private static List<String> tables(RunProgress progress) {
        var shown = progress.tables().stream()
                .filter(table -> table.isBegun() && !table.isDone())
                .sorted(Comparator.comparingInt(RunProgress.OfTable::level))
                .toList();
        var columns = new Columns("level", "table", "", "", "records", "of", "segments");
        shown.stream().limit(MOST_TABLES).forEach(table -> columns.row(cells(table)));
        var lines = new ArrayList<String>();
        if (!shown.isEmpty()) {
            lines.addAll(columns.lines());
        }
        long done =
                progress.tables().stream().filter(RunProgress.OfTable::isDone).count();
        lines.add(Wording.count(done) + " of " + Wording.count(progress.tables().size(), "table") + " done"
                + (shown.size() > MOST_TABLES
                        ? ", " + Wording.count(shown.size() - MOST_TABLES) + " more in progress"
                        : ""));
        return lines;
    }

    private static String[] cells(RunProgress.OfTable table) {
        int full = (int) Math.floor(table.share() * BAR);
        return new String[] {
            String.valueOf(table.level()),
            table.table().value(),
            "█".repeat(full) + "░".repeat(BAR - full),
            percent(table.share()),
            Numbers.count(table.records()),
            Numbers.count(table.expected()),
            table.segmentsDone() + " of " + table.segments()
        };
    }

    private static String percent(double share) {
        return (int) Math.floor(share * 100) + " %";
    }
}
