package dev.rekey.engine.proof;

import dev.rekey.engine.store.Objects;
import java.util.Optional;

/** A bucket that passes every request on. */
public abstract class Passing implements Objects {
    private final Objects objects;

    protected Passing(Objects objects) {
        this.objects = objects;
    }

    @Override
    public Optional<Stored> get(ObjectKey key) {
        return objects.get(key);
    }

    @Override
    public PutOutcome create(ObjectKey key, byte[] content) {
        return objects.create(key, content);
    }

    @Override
    public PutOutcome replace(ObjectKey key, byte[] content, Version version) {
        return objects.replace(key, content, version);
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        objects.put(key, content);
    }

    @Override
    public Listed list(String prefix, Optional<ObjectKey> startAfter) {
        return objects.list(prefix, startAfter);
    }

    @Override
    public Folders folders(String prefix, Optional<ObjectKey> startAfter) {
        return objects.folders(prefix, startAfter);
    }

    @Override
    public void delete(ObjectKey key) {
        objects.delete(key);
    }
}
