package dev.rekey.engine.store;

import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.Arrays;
import java.util.Optional;

/** The objects of one bucket as files; in any other, there are none. */
public record InMemoryFiles(String bucket, Objects objects) implements Files {
    @Override
    public Listed list(FileAddress prefix, Optional<String> startAfter) {
        check(prefix);
        var listed = objects.list(prefix.key(), startAfter.map(ObjectKey::new));
        return new Listed(
                listed.keys().stream()
                        .flatMap(key -> objects.get(key).stream()
                                .map(stored -> new FileVersion(
                                        new FileAddress(bucket, key.name()),
                                        stored.content().length,
                                        stored.version().tag())))
                        .toList(),
                listed.more());
    }

    @Override
    public Optional<byte[]> read(FileVersion file, long from, int length) {
        check(file.address());
        return objects.get(new ObjectKey(file.address().key()))
                .filter(stored -> stored.version().tag().equals(file.tag()))
                .map(stored -> Arrays.copyOfRange(stored.content(), Math.toIntExact(from), (int)
                        Math.min(stored.content().length, from + length)));
    }

    private void check(FileAddress address) {
        if (!address.bucket().equals(bucket)) {
            throw new StoreException(StoreException.Kind.MISSING, "no bucket " + address.bucket());
        }
    }
}
