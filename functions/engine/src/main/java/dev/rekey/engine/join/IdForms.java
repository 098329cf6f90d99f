package dev.rekey.engine.join;

/**
 * What the ids of a family look like.
 *
 * @param ids how many there are
 * @param plain how many of them are small numbers, short words or times
 */
public record IdForms(long ids, long plain) {
    public static final IdForms NONE = new IdForms(0, 0);
    private static final double MOST_PLAIN = 0.1;

    public IdForms plus(IdForms more) {
        return new IdForms(ids + more.ids, plain + more.plain);
    }

    /** Whether it is unlikely that many values are such ids by accident. */
    public boolean areDistinctive() {
        return ids > 0 && plain <= MOST_PLAIN * ids;
    }
}
