package dev.rekey.core.identity;

import java.util.Optional;

/** Rule {@code lookup}. */
record LookupDerivation(Family family, Mapping mapping) implements Derivation {
    @Override
    public NewId of(OldId oldId) {
        return mapping.newId(oldId)
                .<NewId>map(now -> now.equals(oldId) ? NewId.UNCHANGED : new NewId.Changed(now.canonical()))
                .orElseGet(NewId.Missing::new);
    }

    @Override
    public boolean keeps() {
        return false;
    }

    @Override
    public boolean isNew(OldId id) {
        return mapping.isNew(id);
    }

    @Override
    public Optional<OldId> former(OldId id) {
        return mapping.former().flatMap(before -> before.newId(id));
    }
}
