package dev.rekey.engine.join;

/**
 * How many pieces at one place of composite values are ids of a table.
 *
 * @param shape of the values, as {@link Composite.Piece} has it
 * @param place of the pieces
 * @param letters whether the pieces are more than digits
 * @param values how many there are
 * @param matched how many of them are ids
 * @param telling how many of these look made by chance
 * @param distinct how many of these are different
 */
public record CompositeCount(
        String shape, String place, boolean letters, long values, long matched, long telling, long distinct) {
    private static final double NEARLY_ALL = 0.95;
    private static final String USUAL = "#|";

    /** How sure it is that the pieces are ids and not like ids by accident; surest first. */
    public enum Certainty {
        SURE,
        LIKELY,
        NONE
    }

    /** @param named whether the word before the pieces speaks for the table */
    public Certainty certainty(boolean named) {
        if (telling > 0) {
            return Certainty.SURE;
        }
        if (isMoreThanAPart() && letters) {
            return matched > 0 ? Certainty.SURE : Certainty.NONE;
        }
        if (matched == 0 || matched < NEARLY_ALL * values) {
            return Certainty.NONE;
        }
        char separator = shape.charAt(shape.length() - 1);
        if (named || (distinct > 1 && (isMoreThanAPart() || (letters && separator != '_')))) {
            return Certainty.SURE;
        }
        return distinct > 1 && USUAL.indexOf(separator) >= 0 ? Certainty.LIKELY : Certainty.NONE;
    }

    /** With its prefix and separator a value is that of another record, and hardly so by accident. */
    private boolean isMoreThanAPart() {
        return place.equals(Composite.WHOLE) || place.startsWith("parts");
    }
}
