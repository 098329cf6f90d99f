package dev.rekey.engine.join;

/** How sure it is that pieces of composite values are ids of a table and not like ids by accident; surest first. */
public enum Certainty {
    SURE,
    LIKELY,
    NONE;

    private static final String USUAL = "#|";

    /**
     * Of the pieces at one place.
     *
     * @param values how many there are
     * @param named whether the word before the pieces speaks for the table
     */
    public static Certainty of(Place.Piece piece, long values, Hits hits, boolean named) {
        if (hits.telling() > 0) {
            return SURE;
        }
        if (piece.isMoreThanAPart() && piece.letters()) {
            return hits.matched() > 0 ? SURE : NONE;
        }
        if (hits.matched() == 0 || !hits.areNearlyAllOf(values)) {
            return NONE;
        }
        char separator = piece.shape().charAt(piece.shape().length() - 1);
        if (named || (hits.distinct() > 1 && (piece.isMoreThanAPart() || (piece.letters() && separator != '_')))) {
            return SURE;
        }
        return hits.distinct() > 1 && USUAL.indexOf(separator) >= 0 ? LIKELY : NONE;
    }
}
