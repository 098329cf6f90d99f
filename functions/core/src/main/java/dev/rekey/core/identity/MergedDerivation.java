package dev.rekey.core.identity;

import java.util.Optional;

/** A rule of a family of which some records are merged: their ids become what the survivor's id becomes. */
record MergedDerivation(Derivation rule, Survivors survivors) implements Derivation {
    @Override
    public Family family() {
        return rule.family();
    }

    @Override
    public NewId of(OldId oldId) {
        var survivor = survivors.of(oldId);
        var now = rule.of(survivor);
        return now instanceof NewId.Unchanged && !survivor.equals(oldId)
                ? new NewId.Changed(survivor.canonical())
                : now;
    }

    @Override
    public boolean keeps() {
        return false;
    }

    @Override
    public OldId survivor(OldId id) {
        return survivors.of(id);
    }

    @Override
    public Derivation unmerged() {
        return rule;
    }

    @Override
    public boolean isNew(OldId id) {
        return rule.isNew(id);
    }

    @Override
    public Optional<OldId> former(OldId id) {
        return rule.former(survivors.of(id));
    }
}
