package dev.rekey.cli.text;

import dev.rekey.core.item.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rows of text with columns in line; numbers stand to the right. */
public final class Columns {
    private final List<List<String>> rows = new ArrayList<>();

    public Columns(String... headings) {
        rows.add(List.of(headings));
    }

    public Columns row(String... cells) {
        rows.add(Stream.of(cells).map(Wording::visible).toList());
        return this;
    }

    public List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> row) {
        var line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            var cell = row.get(column);
            var blank = " ".repeat(width(column) - cell.length());
            line.append(column == 0 ? "" : "  ").append(isNumeric(column) ? blank + cell : cell + blank);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        return rows.size() > 1
                && rows.stream().skip(1).allMatch(row -> row.get(column).matches("[0-9,.]*"));
    }
}
