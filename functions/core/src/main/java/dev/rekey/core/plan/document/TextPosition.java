package dev.rekey.core.plan.document;

import java.util.Comparator;

/**
 * Where something stands in the text of a plan.
 *
 * @param line from 1
 * @param column from 1
 */
public record TextPosition(int line, int column) implements Comparable<TextPosition> {
    public static final TextPosition START = new TextPosition(1, 1);

    @Override
    public int compareTo(TextPosition other) {
        return Comparator.comparingInt(TextPosition::line)
                .thenComparingInt(TextPosition::column)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
