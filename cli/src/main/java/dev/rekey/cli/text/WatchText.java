package dev.rekey.cli.text;

import dev.rekey.core.item.Wording;
import dev.rekey.engine.status.Activity;
import dev.rekey.engine.status.RunProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of a run's progress, in lines that fit the terminal. */
final class WatchText {
    private static final int BAR = 12;
    private static final int SHORTEST_NAME = 12;

    private WatchText() {}

    /** @param rows at most so many lines, and at least a few */
    static List<String> lines(RunProgress progress, int width, int rows) {
        var lines = new ArrayList<>(ProgressText.lines(progress, width));
        if (progress.tables().isEmpty()) {
            return lines;
        }
        lines.addAll(ProgressText.fold(levels(progress), width));
        var shown = progress.tables().stream()
                .filter(table -> table.isBegun() && !table.isDone())
                .toList();
        // The headings and the last line need room too.
        int room = Math.max(1, rows - lines.size() - 2);
        if (!shown.isEmpty()) {
            lines.addAll(table(progress, shown.stream().limit(room).toList(), width));
        }
        long done =
                progress.tables().stream().filter(RunProgress.OfTable::isDone).count();
        lines.add(ProgressText.cut(
                Wording.count(done) + " of "
                        + Wording.count(progress.tables().size(), "table") + " done"
                        + (shown.size() > room ? ", " + Wording.count(shown.size() - room) + " more in progress" : ""),
                width));
        return lines;
    }

    /** {@code levels: 1 done, 2 at 61 %, 3, 4}. */
    private static List<String> levels(RunProgress progress) {
        var byLevel = progress.tables().stream().collect(Collectors.groupingBy(RunProgress.OfTable::level));
        var words = new ArrayList<>(byLevel.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(level -> level.getKey() + state(level.getValue()))
                .toList());
        words.set(0, "levels: " + words.getFirst());
        // Reading knows no order.
        return byLevel.size() < 2 || progress.activity() == Activity.READING ? List.of() : words;
    }

    private static String state(List<RunProgress.OfTable> tables) {
        if (tables.stream().allMatch(RunProgress.OfTable::isDone)) {
            return " done";
        }
        double share = tables.stream()
                .mapToDouble(RunProgress.OfTable::share)
                .average()
                .orElse(0);
        return share > 0 ? " at " + ProgressText.percent(share) : "";
    }

    private static List<String> table(RunProgress progress, List<RunProgress.OfTable> tables, int width) {
        boolean verifies = progress.verified().isPresent();
        var done = verifies ? Activity.COPYING.done() : progress.activity().done();
        int longest = tables.stream()
                .mapToInt(table -> table.table().value().length())
                .max()
                .orElse(0);
        var all = table(tables, verifies, done, longest);
        int over = all.stream().mapToInt(String::length).max().orElse(0) - width;
        return over <= 0
                ? all
                : table(tables, verifies, done, Math.max(SHORTEST_NAME, longest - over)).stream()
                        .map(line -> ProgressText.cut(line, width))
                        .toList();
    }

    private static List<String> table(
            List<RunProgress.OfTable> tables, boolean verifies, String done, int longestName) {
        var columns = verifies
                ? new Columns("level", "table", "", "", done, "verified", "of")
                : new Columns("level", "table", "", "", done, "of");
        for (var table : tables) {
            var cells = new ArrayList<>(List.of(
                    String.valueOf(table.level()),
                    ProgressText.cut(table.table().value(), longestName),
                    ProgressText.bar(table.share(), BAR),
                    ProgressText.percent(table.share()),
                    Numbers.count(table.records())));
            table.verified().ifPresent(verified -> cells.add(Numbers.count(verified)));
            cells.add(Numbers.count(table.expected()));
            columns.row(cells.toArray(String[]::new));
        }
        return columns.lines();
    }
}
