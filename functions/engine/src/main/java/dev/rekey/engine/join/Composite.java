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

    private static final int LONGEST = 1024;
    private static final Separators STRONG = new Separators("#|:/~");
    private static final Separators WEAK = new Separators("_");
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,31}");

    private Composite() {}

    /** What of a value may be an id. */
    public record Taken(Place.Piece part, String text) {
        private static Taken of(String shape, String place, String after, String text) {
            return new Taken(new Place.Piece(shape, place, after, text.chars().anyMatch(Character::isLetter)), text);
        }
    }

    /** Empty for a value without separators, and for a time. */
    public static List<Taken> pieces(String text) {
        boolean strong = STRONG.areIn(text);
        var separators = strong ? STRONG : WEAK;
        if (!separators.areIn(text) || text.length() > LONGEST || isTime(text)) {
            return List.of();
        }
        return pieces(text, shape(text, separators), separators.parts(text), strong);
    }

    /** How messages show values of this shape: {@code CUST#…}, or {@code …#…} if it is a separator alone. */
    public static String shown(String shape) {
        return shape.length() == 1 ? "…" + shape + "…" : shape + "…";
    }

    /** A time, and not something that begins with one. */
    private static boolean isTime(String text) {
        return Value.isTime(text) && !STRONG.areIn(text.replace(":", "")) && !WEAK.areIn(text);
    }

    private static String shape(String text, Separators separators) {
        int first = 0;
        while (!separators.divideAt(text.charAt(first))) {
            first++;
        }
        // A scheme such as https: says nothing of what follows.
        boolean word = isWord(text.substring(0, first)) && !text.startsWith("://", first);
        return text.substring(word ? 0 : first, first + 1);
    }

    private static boolean isWord(String text) {
        return WORD.matcher(text).matches() && !new Value.Text(text).isTelling();
    }

    private static List<Taken> pieces(String text, String shape, List<Separators.Part> parts, boolean strong) {
        var pieces = new ArrayList<Taken>();
        if (strong) {
            pieces.add(Taken.of(shape, WHOLE, "", text));
        }
        var after = "";
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            var own = part.of(text);
            if (!Value.isTime(own)) {
                var of = part.number() == 1 ? shape.substring(shape.length() - 1) : shape;
                pieces.add(Taken.of(of, "part " + part.number(), after, own));
            }
            boolean word = isWord(own);
            if (strong && word && parts.size() > 2 && i + 1 < parts.size()) {
                var next = parts.get(i + 1);
                pieces.add(Taken.of(
                        shape,
                        "parts " + part.number() + " and " + next.number(),
                        after,
                        text.substring(part.from(), next.to())));
            }
            after = word ? own : "";
        }
        return pieces;
    }
}
