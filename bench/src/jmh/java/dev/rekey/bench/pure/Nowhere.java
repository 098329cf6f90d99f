package dev.rekey.bench.pure;

import dev.rekey.engine.store.Objects;
import java.util.List;
import java.util.Optional;

/** A bucket that keeps nothing: what is measured is what comes before it. */
final class Nowhere implements Objects {
    private static final PutOutcome DONE = new PutOutcome.Done(new Version("any"));

    @Override
    public Optional<Stored> get(ObjectKey key) {
        return Optional.empty();
    }

    @Override
    public PutOutcome create(ObjectKey key, byte[] content) {
        return DONE;
    }

    @Override
    public PutOutcome replace(ObjectKey key, byte[] content, Version version) {
        return DONE;
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        // Kept nowhere.
    }

    @Override
    public Listed list(String prefix, Optional<ObjectKey> startAfter) {
        return new Listed(List.of(), false);
    }

    @Override
    public Folders folders(String prefix, Optional<ObjectKey> startAfter) {
        return new Folders(List.of(), Optional.empty());
    }

    @Override
    public void delete(ObjectKey key) {
        // There is nothing.
    }
}
