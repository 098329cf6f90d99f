package dev.rekey.engine.join;

/**
 * Values that are ids of one family.
 *
 * @param matched how many
 * @param telling how many of them look made by chance
 * @param distinct how many of them are different
 */
public record Hits(long matched, long telling, long distinct) {
    public static final Hits NONE = new Hits(0, 0, 0);

    /** So much of the values at a place has to match; the others are orphans. */
    private static final double NEARLY_ALL = 0.95;
    /** So much of what matches has to look made by chance. */
    private static final double NEARLY_ALL_TELLING = 0.9;

    /** Whether nearly all of {@code values} match. */
    public boolean areNearlyAllOf(long values) {
        return areNearlyAll(matched, values);
    }

    public static boolean areNearlyAll(long matched, long values) {
        return matched >= NEARLY_ALL * values;
    }

    /** Whether nearly all that match look made by chance, so that they hardly match by accident. */
    public boolean areTelling() {
        return telling > 0 && telling >= NEARLY_ALL_TELLING * matched;
    }

    Hits plus(Hits more) {
        return new Hits(matched + more.matched, telling + more.telling, distinct + more.distinct);
    }
}
