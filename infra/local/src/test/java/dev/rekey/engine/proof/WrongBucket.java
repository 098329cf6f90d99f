package dev.rekey.engine.proof;

import dev.rekey.engine.store.Objects;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A bucket in memory that does one thing wrongly. */
record WrongBucket(Objects objects, Wrong wrong) implements Objects {
    /** What it does wrongly. */
    enum Wrong {
        CREATES_OVER_WHAT_IS_THERE,
        REPLACES_ANY_VERSION,
        GETS_NOTHING,
        LOSES_WHAT_IS_PUT,
        LISTS_ONE_TOO_FEW,
        DELETES_NOTHING
    }

    @Override
    public Optional<Stored> get(ObjectKey key) {
        return wrong == Wrong.GETS_NOTHING ? Optional.empty() : objects.get(key);
    }

    @Override
    public PutOutcome create(ObjectKey key, byte[] content) {
        return unless(Wrong.CREATES_OVER_WHAT_IS_THERE, key, content, () -> objects.create(key, content));
    }

    @Override
    public PutOutcome replace(ObjectKey key, byte[] content, Version version) {
        return unless(Wrong.REPLACES_ANY_VERSION, key, content, () -> objects.replace(key, content, version));
    }

    private PutOutcome unless(Wrong ignoring, ObjectKey key, byte[] content, Supplier<PutOutcome> write) {
        if (wrong != ignoring) {
            return write.get();
        }
        objects.put(key, content);
        return new PutOutcome.Done(objects.get(key).orElseThrow().version());
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        if (wrong != Wrong.LOSES_WHAT_IS_PUT) {
            objects.put(key, content);
        }
    }

    @Override
    public Listed list(String prefix, Optional<ObjectKey> startAfter) {
        var listed = objects.list(prefix, startAfter);
        boolean fewer = wrong == Wrong.LISTS_ONE_TOO_FEW && !listed.keys().isEmpty();
        return fewer
                ? new Listed(List.copyOf(listed.keys().subList(1, listed.keys().size())), listed.more())
                : listed;
    }

    @Override
    public Folders folders(String prefix, Optional<ObjectKey> startAfter) {
        return objects.folders(prefix, startAfter);
    }

    @Override
    public void delete(ObjectKey key) {
        if (wrong != Wrong.DELETES_NOTHING) {
            objects.delete(key);
        }
    }
}
