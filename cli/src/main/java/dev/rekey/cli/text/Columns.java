package dev.rekey.cli.text;

import dev.rekey.core.item.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Rows of text with columns in line; numbers stand to the right. */
public final class Columns {
    private static final String INDENT = "  ";
    private static final String GAP = "  ";

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

    /**
     * The lines, indented, with a last column of names that may be long: where one does not fit, all are below their line.
     *
     * @param names one for each line, the heading's among them
     * @param width of the terminal
     */
    public List<String> beside(List<String> names, int width) {
        int own = lines().stream().mapToInt(String::length).max().orElse(0);
        int longest = names.stream().mapToInt(String::length).max().orElse(0);
        boolean fits = INDENT.length() + own + GAP.length() + longest < width;
        var all = new ArrayList<String>();
        for (int i = 0; i < rows.size(); i++) {
            var line = INDENT + line(rows.get(i));
            if (fits) {
                all.add(line + " ".repeat(INDENT.length() + own - line.length()) + GAP + names.get(i));
            } else {
                all.add(line);
                all.add(INDENT + INDENT + names.get(i));
            }
        }
        return all;
    }

    /** The same; without the names, if they are {@code needless} and one does not fit. */
    public List<String> besideIfItFits(List<String> names, int width, boolean needless) {
        var all = beside(names, width);
        return needless && all.size() > rows.size()
                ? lines().stream().map(INDENT::concat).toList()
                : all;
    }

    private String line(List<String> row) {
        var line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            var cell = row.get(column);
            var blank = " ".repeat(width(column) - cell.length());
            line.append(column == 0 ? "" : GAP).append(isNumeric(column) ? blank + cell : cell + blank);
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
