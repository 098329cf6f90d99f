package dev.rekey.engine.undo;

import dev.rekey.engine.store.Objects.ObjectKey;

/** An object of the undo log: attempt {@code attempt} at page {@code page} of its segment. */
public record LogObject(ObjectKey key, int page, int attempt) {
    static LogObject of(ObjectKey key) {
        var name = key.name();
        var numbers = name.substring(name.lastIndexOf('/') + 1, name.indexOf(".jsonl.gz"))
                .split("-", -1);
        return new LogObject(key, Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }
}
