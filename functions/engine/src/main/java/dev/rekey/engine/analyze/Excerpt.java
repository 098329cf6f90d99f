package dev.rekey.engine.analyze;

/** Two long texts cut so that the place where they begin to differ can be seen. */
public record Excerpt(String before, String after) {
    private static final String CUT = "…";
    /** How much of what both have in common stands before the difference. */
    private static final int CONTEXT = 20;

    /** @param most characters of each */
    public static Excerpt of(String before, String after, int most) {
        int from = before.length() <= most && after.length() <= most ? 0 : Math.max(0, same(before, after) - CONTEXT);
        return new Excerpt(cut(before, from, most), cut(after, from, most));
    }

    /** The beginning of a text. */
    public static String of(String text, int most) {
        return cut(text, 0, most);
    }

    private static int same(String one, String other) {
        int length = Math.min(one.length(), other.length());
        int same = 0;
        while (same < length && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        return same;
    }

    private static String cut(String text, int from, int most) {
        var begun = from == 0 ? text : CUT + text.substring(whole(text, from));
        return begun.length() <= most ? begun : begun.substring(0, whole(begun, most - 1)) + CUT;
    }

    /** A character of two units stays whole: half of one cannot be written. */
    private static int whole(String text, int at) {
        return at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
