package dev.rekey.core.mapping;

import dev.rekey.core.identity.IdReading;
import dev.rekey.core.identity.NewId;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.plan.OnMissing;

/** Notes whether an id has no new one and stays, because the plan says so ({@code onMissing: keep}). Changes nothing. */
final class KeptIds implements Treatment {
    private boolean found;

    boolean found() {
        return found;
    }

    @Override
    public Change treat(ReferenceRule rule, IdReading reading) {
        found |= rule.onMissing() == OnMissing.KEEP && reading instanceof OldId id && hasNone(rule, id);
        return UNCHANGED;
    }

    private static boolean hasNone(ReferenceRule rule, OldId id) {
        var derivation = rule.derivation();
        return derivation.of(id) instanceof NewId.Missing
                && !derivation.isNew(id)
                && derivation.former(id).isEmpty();
    }

    @Override
    public void nothing(PathTree place) {
        // No id.
    }

    @Override
    public void misfit(PathTree place, String id, String fact) {
        // No id either.
    }
}
