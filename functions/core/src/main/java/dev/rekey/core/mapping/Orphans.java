package dev.rekey.core.mapping;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.plan.FamilyName;

/** The references without a record, as frozen into a run. Calls may come from several threads at once. */
public interface Orphans {
    /** No orphans at all. */
    Orphans NONE = new Orphans() {
        @Override
        public boolean contains(FamilyName family, OldId id) {
            return false;
        }

        @Override
        public boolean isEmpty() {
            return true;
        }
    };

    boolean contains(FamilyName family, OldId id);

    /** Whether one of them still has no record: asked where a reference to it is about to be removed. */
    default boolean isStill(FamilyName family, OldId id) {
        return contains(family, id);
    }

    /**
     * Whether a reference that holds no id must not get {@code id}: asked where it is about to, since nothing has told the
     * run to create that record.
     */
    default boolean hasNoRecord(FamilyName family, OldId id) {
        return false;
    }

    /** Whether there are none. */
    default boolean isEmpty() {
        return false;
    }
}
