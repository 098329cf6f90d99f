package dev.rekey.engine.store;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests to {@code objects} that are charged: S3 charges for a list as for a write, and for no delete. */
record CountedObjects(Objects objects, LongAdder reads, LongAdder writes) implements Objects {
    CountedObjects(Objects objects) {
        this(objects, new LongAdder(), new LongAdder());
    }

    /** The same objects, which are put only while {@code invocation} lasts; counted together. */
    CountedObjects during(Invocation invocation, LostAnswers lost) {
        return new CountedObjects(new TimelyObjects(objects, invocation, lost), reads, writes);
    }

    @Override
    public Optional<Stored> get(ObjectKey key) {
        reads.increment();
        return objects.get(key);
    }

    @Override
    public PutOutcome create(ObjectKey key, byte[] content) {
        writes.increment();
        return objects.create(key, content);
    }

    @Override
    public PutOutcome replace(ObjectKey key, byte[] content, Version version) {
        writes.increment();
        return objects.replace(key, content, version);
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        writes.increment();
        objects.put(key, content);
    }

    @Override
    public Listed list(String prefix, Optional<ObjectKey> startAfter) {
        writes.increment();
        return objects.list(prefix, startAfter);
    }

    @Override
    public Folders folders(String prefix, Optional<ObjectKey> startAfter) {
        writes.increment();
        return objects.folders(prefix, startAfter);
    }

    @Override
    public void delete(ObjectKey key) {
        objects.delete(key);
    }
}
