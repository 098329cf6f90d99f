package dev.rekey.engine.mapping;

import dev.rekey.engine.identity.OldId;
import dev.rekey.engine.plan.FamilyName;

/** The references without a record, as frozen into a run. Calls may come from several threads at once. */
public interface Orphans {
    /** No orphans at all. */
    Orphans NONE = (family, id) -> false;

    boolean contains(FamilyName family, OldId id);
}
