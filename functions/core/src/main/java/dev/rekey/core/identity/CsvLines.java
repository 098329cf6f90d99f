package dev.rekey.core.identity;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a CSV file as RFC 4180 describes it: cells apart by commas, in quotes where they hold commas, quotes or line
 * ends. Any line end will do; empty lines are passed over.
 */
final class CsvLines {
    private static final int END = -1;

    private final String text;
    private int at;
    private int line = 1;

    CsvLines(String text) {
        this.text = text;
    }

    /** @param number of the line that it begins on, from 1 */
    record CsvLine(int number, List<String> cells) {}

    /**
     * The next line that is not empty; one without cells at the end.
     *
     * @throws MappingFileException if a quote is not closed, or something stands behind a closed one
     */
    CsvLine next() {
        while (true) {
            int number = line;
            if (peek() == END) {
                return new CsvLine(number, List.of());
            }
            var cells = cells();
            if (cells.size() > 1 || !cells.getFirst().isEmpty()) {
                return new CsvLine(number, cells);
            }
        }
    }

    private List<String> cells() {
        var cells = new ArrayList<String>();
        while (true) {
            cells.add(peek() == '"' ? quoted() : plain());
            if (peek() == ',') {
                at++;
            } else {
                lineEnd();
                return cells;
            }
        }
    }

    private String plain() {
        int from = at;
        while (peek() != END && peek() != ',' && peek() != '\n' && peek() != '\r') {
            at++;
        }
        return text.substring(from, at);
    }

    private String quoted() {
        int begun = line;
        var cell = new StringBuilder();
        at++;
        while (true) {
            int next = peek();
            if (next == END) {
                throw new MappingFileException("a quote that opens in line " + begun + " is not closed");
            }
            at++;
            if (next != '"') {
                line += next == '\n' ? 1 : 0;
                cell.append((char) next);
            } else if (peek() == '"') {
                at++;
                cell.append('"');
            } else {
                return closed(cell.toString());
            }
        }
    }

    private String closed(String cell) {
        if (peek() != END && peek() != ',' && peek() != '\n' && peek() != '\r') {
            throw new MappingFileException("in line " + line + ", something stands behind a closed quote");
        }
        return cell;
    }

    private void lineEnd() {
        if (peek() == '\r') {
            at++;
        }
        if (peek() == '\n') {
            at++;
        }
        line++;
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : END;
    }
}
