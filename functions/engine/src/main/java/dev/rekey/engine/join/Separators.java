package dev.rekey.engine.join;

import java.util.ArrayList;
import java.util.List;

/** The characters that divide composite values. */
record Separators(String characters) {
    private static final int MOST_PARTS = 16;

    /**
     * A part of a value.
     *
     * @param number from 1; empty parts are counted, too
     * @param to after the last character
     */
    record Part(int number, int from, int to) {
        String of(String text) {
            return text.substring(from, to);
        }
    }

    boolean divideAt(char c) {
        return characters.indexOf(c) >= 0;
    }

    boolean areIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (divideAt(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The first parts of {@code text} that are not empty. */
    List<Part> parts(String text) {
        var parts = new ArrayList<Part>();
        int from = 0;
        for (int i = 0, number = 1; i <= text.length() && number <= MOST_PARTS; i++) {
            if (i == text.length() || divideAt(text.charAt(i))) {
                if (i > from) {
                    parts.add(new Part(number, from, i));
                }
                from = i + 1;
                number++;
            }
        }
        return parts;
    }
}
