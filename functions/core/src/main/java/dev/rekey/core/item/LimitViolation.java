package dev.rekey.core.item;

/**
 * Why DynamoDB would refuse an item.
 *
 * @param attribute the attribute at fault; empty when it is the item as a whole
 * @param message types and lengths, never content
 */
public record LimitViolation(Kind kind, String attribute, String message) {
    public enum Kind {
        /** A key attribute is absent, empty, or of another type than the table's key. */
        KEY_TYPE,
        KEY_TOO_LONG,
        /** An index key is empty, too long, or of another type than the index's key. */
        INDEX_KEY,
        ITEM_TOO_LARGE,
        NESTING
    }
}
