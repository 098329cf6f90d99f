package dev.rekey.core.mapping;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.plan.FamilyName;

/** The references without a record, as frozen into a run. Calls may come from several threads at once. */
public interface Orphans {
    /** No orphans at all. */
    Orphans NONE = (family, id) -> false;

    boolean contains(FamilyName family, OldId id);
}
