package dev.rekey.cli.text;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.StatusCounts;
import dev.rekey.engine.analyze.TableStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** How far the records of a plan are, as lines of text. */
public final class DataStatusText {
    private static final int BAR = 20;
    /** So that a line fits into 80 columns. */
    private static final int LONGEST_NAME = 24;

    private final boolean terminal;

    /** @param terminal whether a person looks at it, who gets bars and short names */
    public DataStatusText(boolean terminal) {
        this.terminal = terminal;
    }

    /** @param by the attribute whose values are shown apart */
    public List<String> lines(SortedMap<TableName, TableStatus> tables, Optional<String> by) {
        var all = TableStatus.sum(tables);
        var lines = new ArrayList<String>();
        // A count that no record has is no column.
        var shown = all.all();
        var columns = columns("table", shown);
        tables.forEach((name, table) -> row(columns, name.value(), table.all(), shown));
        if (tables.size() > 1) {
            row(columns, "all", shown, shown);
        }
        lines.addAll(columns.lines());
        by.ifPresent(attribute -> {
            lines.add("");
            var values = columns(attribute, shown);
            all.byValue().forEach((value, counts) -> row(values, value, counts, shown));
            if (all.withoutValue().all() > 0) {
                row(values, "(none)", all.withoutValue(), shown);
            }
            lines.addAll(values.lines());
        });
        return lines;
    }

    private Columns columns(String heading, StatusCounts shown) {
        var headings = new ArrayList<>(List.of(cut(heading), "done"));
        if (shown.kept() > 0) {
            headings.add("kept");
        }
        headings.add("to do");
        if (shown.unmappable() > 0) {
            headings.add("unmappable");
        }
        headings.add("");
        if (terminal) {
            headings.add("");
        }
        return new Columns(headings.toArray(String[]::new));
    }

    private void row(Columns columns, String name, StatusCounts counts, StatusCounts shown) {
        var cells = new ArrayList<>(List.of(cut(name), Numbers.count(counts.done())));
        if (shown.kept() > 0) {
            cells.add(Numbers.count(counts.kept()));
        }
        cells.add(Numbers.count(counts.toDo()));
        if (shown.unmappable() > 0) {
            cells.add(Numbers.count(counts.unmappable()));
        }
        if (terminal) {
            int full = (int) Math.floor(counts.share() * BAR);
            cells.add("█".repeat(full) + "░".repeat(BAR - full));
        }
        cells.add((int) Math.floor(counts.share() * 100) + " %");
        columns.row(cells.toArray(String[]::new));
    }

    private String cut(String name) {
        return terminal && name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME - 1) + "…" : name;
    }
}
