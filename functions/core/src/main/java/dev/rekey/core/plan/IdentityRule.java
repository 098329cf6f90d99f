package dev.rekey.core.plan;

import dev.rekey.core.item.KeyType;
import java.util.Optional;
import java.util.OptionalInt;

/** How a family's old ids become new ones. */
public sealed interface IdentityRule {

    /**
     * New ids by SHA-256.
     *
     * @param namespace keeps the ids of different migrations apart
     * @param digits length of new number ids, 1 to 38; required when the family's key is a number
     */
    record Derive(String namespace, OptionalInt digits) implements IdentityRule {
        /** What a drafted plan holds until somebody chooses a namespace. */
        public static final String NOT_CHOSEN = "change-me";
    }

    /** New id = old id. */
    record Keep() implements IdentityRule {}

    /**
     * New ids that a mapping holds, which is frozen into the run.
     *
     * @param ids types of the ids
     * @param manyToOne whether several old ids may have one new id
     * @param exists the table in which every new id must be a record
     */
    record Lookup(Types ids, MappingSource mapping, boolean manyToOne, Optional<TableName> exists, OnMissing onMissing)
            implements IdentityRule {
        /** Types of the old and of the new ids. */
        public record Types(KeyType old, KeyType now) {
            public boolean differ() {
                return old != now;
            }
        }
    }
}
