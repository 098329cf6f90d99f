package dev.rekey.core.identity;

/** Rule {@code keep}. */
record KeepingDerivation(Family family) implements Derivation {
    @Override
    public NewId of(OldId oldId) {
        return NewId.UNCHANGED;
    }

    @Override
    public boolean keeps() {
        return true;
    }
}
