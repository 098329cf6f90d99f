package dev.rekey.engine.lookup;

import dev.rekey.engine.join.MatchPartition.Existing;
import dev.rekey.engine.opened.OpenedRun;

/** Which identities exist although the analysis has read no record that has them. */
public final class Existence {
    private Existence() {}

    /**
     * Those whose record is in the target. If only a sample was read, those whose record is in the source, too: they are
     * few enough to be looked up. A record of the source that the plan leaves out, or that has expired, does not count.
     */
    public static Existing of(OpenedRun run, FamilyRecords source, FamilyRecords target) {
        var derivations = run.derivations();
        Existing inTarget = (family, old) ->
                !target.of(family, derivations.get(family).newId(old), 1).isEmpty();
        if (run.manifest().asked().sample().isEmpty()) {
            return inTarget;
        }
        return (family, old) -> source.of(family, old.value(), 1).stream()
                        .anyMatch(found -> run.mapping(found.table()).includes(found.record()))
                || inTarget.contains(family, old);
    }
}
