package dev.rekey.engine.log;

import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.List;

/**
 * Attempt {@code attempt} at page {@code page} of its segment, as it lies in the undo log.
 *
 * @param key of the object that speaks of the whole page
 * @param supplements objects that speak of some of its records once more, oldest first
 */
public record LogObject(ObjectKey key, int page, int attempt, List<ObjectKey> supplements) {
    public LogObject {
        supplements = List.copyOf(supplements);
    }

    public LogObject(ObjectKey key, int page, int attempt) {
        this(key, page, attempt, List.of());
    }

    /** How many objects the attempt consists of. */
    public int objects() {
        return 1 + supplements.size();
    }
}
