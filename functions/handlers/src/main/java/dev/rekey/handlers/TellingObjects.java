package dev.rekey.handlers;

import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells that the bucket refuses writes for some time: who tries again says nothing, and has nowhere else to say it. */
final class TellingObjects implements Objects {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Objects objects;
    private final InstantSource clock;
    private final Consumer<String> log;
    /** When the writes began to fail, or when that was told last; empty if the last one succeeded. */
    private Optional<Instant> since = Optional.empty();

    TellingObjects(Objects objects, InstantSource clock, Consumer<String> log) {
        this.objects = objects;
        this.clock = clock;
        this.log = log;
    }

    @Override
    public Optional<Stored> get(ObjectKey key) {
        return objects.get(key);
    }

    @Override
    public PutOutcome create(ObjectKey key, byte[] content) {
        return written(() -> objects.create(key, content));
    }

    @Override
    public PutOutcome replace(ObjectKey key, byte[] content, Version version) {
        return written(() -> objects.replace(key, content, version));
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        var _ = written(() -> {
            objects.put(key, content);
            return key;
        });
    }

    private <T> T written(Supplier<T> write) {
        try {
            var answer = write.get();
            succeeded();
            return answer;
        } catch (StoreException e) {
            failed(e);
            throw e;
        }
    }

    private synchronized void succeeded() {
        since = Optional.empty();
    }

    private synchronized void failed(StoreException why) {
        var now = clock.instant();
        var begun = since.orElse(now);
        boolean isLong = Duration.between(begun, now).compareTo(PATIENCE) >= 0;
        if (isLong) {
            log.accept("S3 refuses writes. " + why.getMessage());
        }
        since = Optional.of(isLong ? now : begun);
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
