package dev.rekey.engine.undo;

import dev.rekey.engine.store.Objects.ObjectKey;

/** A page object in the bucket: attempt {@code attempt} at page {@code page} of its segment. */
public record PageRef(ObjectKey key, int page, int attempt) {
    static PageRef of(ObjectKey key) {
        var name = key.name();
        var numbers = name.substring(name.lastIndexOf('/') + 1, name.indexOf(".jsonl.gz"))
                .split("-", -1);
        return new PageRef(key, Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }
}
