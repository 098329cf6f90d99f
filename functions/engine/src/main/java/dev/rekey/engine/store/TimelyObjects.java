package dev.rekey.engine.store;

import java.util.Optional;

/**
 * The bucket as the pages of a segment write to it: an object is put only while the invocation lasts. One that is put later may
 * arrive when the lease has run out, and replace what another worker has written of the same page.
 *
 * @param lost answers to puts, which may still be under way
 */
record TimelyObjects(Objects objects, Invocation invocation, LostAnswers lost) implements Objects {
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

    /** @throws StoreException of kind THROTTLED, with nothing written, if the invocation is over */
    @Override
    public void put(ObjectKey key, byte[] content) {
        if (invocation.isOver()) {
            throw new StoreException(
                    StoreException.Kind.THROTTLED,
                    "Cannot write " + key
                            + ": the invocation is over. The object was not changed. The next invocation does the page again.");
        }
        try {
            objects.put(key, content);
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.UNAVAILABLE) {
                lost.note();
            }
            throw e;
        }
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
