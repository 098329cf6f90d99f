package dev.rekey.engine.join;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes key values apart that separators divide, such as {@code CUST#1#ORDER#77}. Dashes and dots divide nothing: they
 * stand in UUIDs, dates and names.
 */
public final class Composite {
    /** A value that is an id as it stands. */
    public static final String WHOLE = "";

    private static final int MOST_PARTS = 16;
    private static final int LONGEST = 1024;
    private static final String STRONG = "#|:/~";
    private static final char WEAK = '_';
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,31}");

    private Composite() {}

    /**
     * What of a value may be an id: a part of it, two that follow each other, or the whole.
     *
     * @param shape how the values begin of which this is a piece: the word before the first separator, with it; the
     *     separator alone, if no word stands before it or if this piece is the first
     * @param place {@link #WHOLE}, {@code part 2} or {@code parts 2 and 3}
     * @param after the word before it; empty if there is none
     */
    public record Piece(String shape, String place, String after, String text) {
        /** Whether it is more than digits, which are ids of any table by accident. */
        public boolean hasLetters() {
            return text.chars().anyMatch(Character::isLetter);
        }
    }

    /** Empty for a value without separators, and for a time. */
    public static List<Piece> pieces(String text) {
        boolean strong = holdsStrong(text);
        if ((!strong && text.indexOf(WEAK) < 0) || text.length() > LONGEST || isTime(text)) {
            return List.of();
        }
        return pieces(text, shape(text, strong), parts(text, strong), strong);
    }

    /** How messages show values of this shape: {@code CUST#…}, or {@code …#…} if it is a separator alone. */
    public static String shown(String shape) {
        return shape.length() == 1 ? "…" + shape + "…" : shape + "…";
    }

    /** A time, and not something that begins with one. */
    private static boolean isTime(String text) {
        return Value.isTime(text) && text.chars().noneMatch(c -> c != ':' && (STRONG.indexOf(c) >= 0 || c == WEAK));
    }

    private static boolean holdsStrong(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (STRONG.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean divides(char c, boolean strong) {
        return strong ? STRONG.indexOf(c) >= 0 : c == WEAK;
    }

    private static String shape(String text, boolean strong) {
        int first = 0;
        while (!divides(text.charAt(first), strong)) {
            first++;
        }
        // A scheme such as https: says nothing of what follows.
        boolean word = isWord(text.substring(0, first)) && !text.startsWith("://", first);
        return text.substring(word ? 0 : first, first + 1);
    }

    private static boolean isWord(String text) {
        return WORD.matcher(text).matches() && !new Value.Text(text).isTelling();
    }

    private record Part(int number, int from, int to) {}

    private static List<Part> parts(String text, boolean strong) {
        var parts = new ArrayList<Part>();
        int from = 0;
        for (int i = 0, number = 1; i <= text.length() && number <= MOST_PARTS; i++) {
            if (i == text.length() || divides(text.charAt(i), strong)) {
                if (i > from) {
                    parts.add(new Part(number, from, i));
                }
                from = i + 1;
                number++;
            }
        }
        return parts;
    }

    private static List<Piece> pieces(String text, String shape, List<Part> parts, boolean strong) {
        var pieces = new ArrayList<Piece>();
        if (strong) {
            pieces.add(new Piece(shape, WHOLE, "", text));
        }
        var after = "";
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            var own = text.substring(part.from, part.to);
            if (!Value.isTime(own)) {
                var of = part.number == 1 ? shape.substring(shape.length() - 1) : shape;
                pieces.add(new Piece(of, "part " + part.number, after, own));
            }
            boolean word = isWord(own);
            if (strong && word && parts.size() > 2 && i + 1 < parts.size()) {
                var next = parts.get(i + 1);
                pieces.add(new Piece(
                        shape,
                        "parts " + part.number + " and " + next.number,
                        after,
                        text.substring(part.from, next.to)));
            }
            after = word ? own : "";
        }
        return pieces;
    }
}
