package dev.rekey.core.mapping;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.OnOrphan;

/** A place in one record where the plan sees a reference. */
public sealed interface ReferenceUse {
    /** The reference's path as the plan writes it; for a key attribute, its name. */
    String path();

    FamilyName family();

    /**
     * @param id of the record that the reference points to; where records are merged, of the survivor
     * @param onOrphan {@link OnOrphan#FAIL} for key attributes
     */
    record Used(String path, FamilyName family, OldId id, OnOrphan onOrphan) implements ReferenceUse {}

    /** Null or {@code ""}, which is no reference. */
    record Empty(String path, FamilyName family) implements ReferenceUse {}

    /**
     * What stands there is no identity of the family, or the path does not fit the record.
     *
     * @param id as in {@link MappingOutcome.Unmappable}
     * @param message as in {@link MappingOutcome.Unmappable}
     */
    record Unusable(String path, FamilyName family, String id, String message) implements ReferenceUse {}
}
