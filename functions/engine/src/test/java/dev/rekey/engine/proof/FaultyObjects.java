package dev.rekey.engine.proof;

import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** A bucket at the end of a bad line; what matters in it is watched. */
final class FaultyObjects implements Objects {
    /** The name of what a page of a segment leaves: its worker looks at the clock right before, as before it writes to a table. */
    private static final Pattern PAGE = Pattern.compile("-of-\\d{6}-\\d{8}");

    private final InMemoryObjects memory;
    private final Line line;
    private final Watch watch;
    private final RefusalWatch refusals;

    FaultyObjects(InMemoryObjects memory, Line line, Watch watch) {
        this.memory = memory;
        this.line = line;
        this.watch = watch;
        this.refusals = new RefusalWatch(watch);
    }

    @Override
    public Optional<Stored> get(ObjectKey key) {
        return line.request("get", key.name(), () -> {
            var found = memory.get(key);
            found.ifPresent(stored -> watch.read(line.worker(), key, stored.content()));
            return found;
        });
    }

    @Override
    public PutOutcome create(ObjectKey key, byte[] content) {
        return line.request("create", key.name(), () -> {
            var outcome = memory.create(key, content);
            if (outcome instanceof PutOutcome.Done) {
                watch.stored(line.worker(), key, content);
            }
            return outcome;
        });
    }

    @Override
    public PutOutcome replace(ObjectKey key, byte[] content, Version version) {
        return line.request("replace", key.name(), () -> {
            var before = memory.get(key);
            var outcome = memory.replace(key, content, version);
            if (outcome instanceof PutOutcome.Done) {
                watch.replaced(line.worker(), key, before.orElseThrow().content(), content);
            }
            return outcome;
        });
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        if (PAGE.matcher(key.name()).find()) {
            line.write("put", key.name(), () -> done(key, content));
        } else {
            line.request("put", key.name(), () -> done(key, content));
        }
    }

    private ObjectKey done(ObjectKey key, byte[] content) {
        memory.put(key, content);
        watch.put(key);
        refusals.put(key);
        return key;
    }

    @Override
    public Listed list(String prefix, Optional<ObjectKey> startAfter) {
        return line.request("list", prefix, () -> memory.list(prefix, startAfter));
    }

    @Override
    public Folders folders(String prefix, Optional<ObjectKey> startAfter) {
        return line.request("list", prefix, () -> memory.folders(prefix, startAfter));
    }

    @Override
    public void delete(ObjectKey key) {
        line.request("delete", key.name(), () -> {
            memory.delete(key);
            watch.deleted(key);
            return key;
        });
    }
}
