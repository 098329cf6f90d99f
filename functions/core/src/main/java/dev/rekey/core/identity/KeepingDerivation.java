package dev.rekey.core.identity;

/** Rule {@code keep}. */
record KeepingDerivation(Family family) implements Derivation {
    @Override
    public String newText(OldId oldId) {
        return oldId.canonical();
    }

    @Override
    public boolean keeps() {
        return true;
    }
}
