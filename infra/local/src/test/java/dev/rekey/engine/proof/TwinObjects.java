package dev.rekey.engine.proof;

import dev.rekey.engine.store.Interceptor.Call;
import dev.rekey.engine.store.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A real bucket and one in memory, which must answer every request alike. A version of an object is got from the real one
 * once: whenever both are compared, they hold the same versions.
 *
 * @param known versions of objects that were got from both
 */
record TwinObjects(Objects real, Objects memory, Set<String> known, AtomicInteger writes, Answers answers)
        implements Objects {
    /** One conditional write of so many is sent twice. */
    private static final int SENT_TWICE = 8;

    @Override
    public Optional<Stored> get(ObjectKey key) {
        var inMemory = memory.get(key);
        if (inMemory.filter(stored -> known.contains(version(key, stored))).isPresent()) {
            answers.count("get known");
            return inMemory;
        }
        var got = both("get", key.name(), objects -> objects.get(key), Answers::told);
        got.ifPresent(stored -> known.add(version(key, stored)));
        return got;
    }

    private static String version(ObjectKey key, Stored stored) {
        return key.name() + " " + stored.version().tag();
    }

    @Override
    public PutOutcome create(ObjectKey key, byte[] content) {
        return write("create", key, objects -> objects.create(key, content));
    }

    @Override
    public PutOutcome replace(ObjectKey key, byte[] content, Version version) {
        return write("replace", key, objects -> objects.replace(key, content, version));
    }

    /** What is sent twice, as after a lost answer, writes the same again or is refused. */
    private PutOutcome write(String name, ObjectKey key, Function<Objects, PutOutcome> request) {
        var outcome = both(name, key.name(), request, Answers::told);
        if (writes.incrementAndGet() % SENT_TWICE == 0) {
            var _ = both(name, key.name(), request, Answers::told);
        }
        return outcome;
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        var _ = both(
                "put object",
                key.name(),
                objects -> {
                    objects.put(key, content);
                    return key;
                },
                _ -> "Done");
    }

    @Override
    public Listed list(String prefix, Optional<ObjectKey> startAfter) {
        return both("list", prefix, objects -> objects.list(prefix, startAfter), listed -> "Keys " + listed);
    }

    @Override
    public Folders folders(String prefix, Optional<ObjectKey> startAfter) {
        return both("list", prefix, objects -> objects.folders(prefix, startAfter), listed -> "Folders " + listed);
    }

    @Override
    public void delete(ObjectKey key) {
        var _ = both(
                "delete object",
                key.name(),
                objects -> {
                    objects.delete(key);
                    return key;
                },
                _ -> "Done");
    }

    private <T> T both(String name, String on, Function<Objects, T> request, Function<T, String> told) {
        return answers.both(new Call(name, on), real, memory, request, told);
    }
}
