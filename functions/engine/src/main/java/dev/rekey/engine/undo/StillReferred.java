package dev.rekey.engine.undo;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.identity.Identity;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which of the records that a run has created others refer to, as its rollback found when it had undone everything else. */
public final class StillReferred {
    private final Set<Identity> created;

    private StillReferred(Set<Identity> created) {
        this.created = created;
    }

    /**
     * One reference to a created record, each by the id that it has where it was written.
     *
     * @param by the record that refers to it, if the run has created that too, and nobody changed it since
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Reference(Identity to, Optional<Identity> by) {}

    /** What the rollback {@code task} found. */
    public static StillReferred find(Documents documents, RunFolder folder, RunId task) {
        var kept = new HashSet<Identity>();
        var byCreated = new ArrayList<Reference>();
        documents.eachLine(documents.list(folder.referred(task)), Reference.class, one -> {
            if (one.by().isEmpty()) {
                kept.add(one.to());
            } else {
                byCreated.add(one);
            }
        });
        withReferred(kept, byCreated);
        return new StillReferred(kept);
    }

    /** A record that is kept keeps those that it refers to: they are added to {@code kept}. */
    static void withReferred(Set<Identity> kept, List<Reference> others) {
        boolean more = true;
        while (more) {
            more = false;
            for (var one : others) {
                more |= kept.contains(one.by().orElseThrow()) && kept.add(one.to());
            }
        }
    }

    /** Whether the record of {@code family} that has {@code id} where it was written must stay. */
    public boolean contains(FamilyName family, OldId id) {
        return created.contains(new Identity(family, id));
    }
}
