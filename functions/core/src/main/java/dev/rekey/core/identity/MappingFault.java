package dev.rekey.core.identity;

/**
 * What is wrong with an entry of a mapping.
 *
 * @param oldId the old id of the entry; empty if it has none
 * @param message what is wrong with it; never holds an id
 */
public record MappingFault(Kind kind, String oldId, String message) {
    public enum Kind {
        /** One of the two ids is missing, or cannot be one. */
        NO_ID("lookup.no-id"),
        TWO_NEW_IDS("lookup.two-new-ids"),
        /** Several old ids have one new id, and the plan does not say that they may. */
        MANY_TO_ONE("lookup.many-to-one"),
        /** A worker could not hold the mapping. */
        TOO_LARGE("lookup.too-large");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        /** The problem's id in reports. */
        public String id() {
            return id;
        }
    }
}
