package dev.rekey.engine.join;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;

/**
 * A place in the records of a table where values may be ids.
 *
 * @param path as a plan would write it; of a {@link Piece} the attribute of a key
 * @param part what of the values
 * @param type of the ids as which they were read
 */
public record Place(TableName table, String path, Part part, KeyType type) {
    /** What of the values at a path is compared with ids. */
    public sealed interface Part {}

    /**
     * Of any value.
     *
     * @param number which part of a composite string, from 1; 0 for whole values
     */
    public record Numbered(int number) implements Part {}

    /**
     * Of a composite value in a key: a part of it, two that follow each other, or the whole.
     *
     * @param shape how the values begin of which this is a piece: the word before the first separator, with it; the
     *     separator alone, if no word stands before it or if this piece is the first
     * @param place {@link Composite#WHOLE}, {@code part 2} or {@code parts 2 and 3}
     * @param after the word before it; empty if there is none
     * @param letters whether it is more than digits, which are ids of any table by accident
     */
    public record Piece(String shape, String place, String after, boolean letters) implements Part {
        public boolean isWhole() {
            return place.equals(Composite.WHOLE);
        }

        /** Whether it is more than one part: with its prefix, a value is that of another record, and hardly so by accident. */
        public boolean isMoreThanAPart() {
            return isWhole() || areParts();
        }

        public boolean areParts() {
            return place.startsWith("parts");
        }
    }
}
