package dev.rekey.engine.run;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.mapping.Orphans;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.GzippedLines;
import java.util.Collection;
import java.util.Set;

/** The references without a record, as they were found when the run was validated. */
public record FrozenOrphans(Set<Identity> identities) implements Orphans {
    /** One identity that no record has. */
    public record Identity(FamilyName family, OldId id) {}

    @Override
    public boolean contains(FamilyName family, OldId id) {
        return !identities.isEmpty() && identities.contains(new Identity(family, id));
    }

    /** Freezes {@code identities} into the run. */
    public static void freeze(Documents documents, RunFolder folder, Collection<Identity> identities) {
        documents.putBytes(folder.orphans(), GzippedLines.of(identities));
    }

    /** The orphans of the run; none if they were not looked for yet. */
    public static FrozenOrphans load(Documents documents, RunFolder folder) {
        return new FrozenOrphans(documents
                .findLines(folder.orphans(), Identity.class)
                .map(Set::copyOf)
                .orElse(Set.of()));
    }
}
