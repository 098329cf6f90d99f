package dev.rekey.engine.migrate;

import dev.rekey.core.item.Key;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the target's answers in this invocation say of who wrote the record under a key. A condition that fails, and says so,
 * leaves what stands there to its writer, whatever it equals; after a lost answer, what equals ours counts as ours.
 */
final class Answers {
    private final Set<Key> lost = ConcurrentHashMap.newKeySet();
    private final Set<Key> failed = ConcurrentHashMap.newKeySet();

    /** The answer to a write of {@code key} was lost: it may have happened, or happen still. */
    void lost(Key key) {
        lost.add(key);
    }

    boolean wasLost(Key key) {
        return lost.contains(key);
    }

    /** A condition failed: what stands under {@code key} was written by somebody else since we read. */
    void conditionFailed(Key key) {
        failed.add(key);
    }

    /** The keys whose conditions failed since this was asked last. */
    Set<Key> takeFailed() {
        var taken = Set.copyOf(failed);
        failed.clear();
        return taken;
    }
}
