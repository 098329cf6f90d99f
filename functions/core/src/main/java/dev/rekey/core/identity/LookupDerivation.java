package dev.rekey.core.identity;

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
}
