package dev.rekey.core.mapping;

import dev.rekey.core.identity.IdReading;

/** What is done with the identities that a walk through a record comes upon. */
interface Treatment {
    Change treat(ReferenceRule rule, IdReading reading);

    /** A null on the path of {@code place}. */
    void nothing(PathTree place);

    /**
     * A value on the path of {@code place} that the path does not fit. If this returns, the value stays.
     *
     * @param fact completes "the value …"
     */
    void misfit(PathTree place, String id, String fact);

    /** What becomes of a value. */
    sealed interface Change {
        record Unchanged() implements Change {}

        record Removed() implements Change {}

        /** @param text of the new id: a binary's as Base64 */
        record Replaced(String text) implements Change {}
    }

    Change UNCHANGED = new Change.Unchanged();
    Change REMOVED = new Change.Removed();
}
