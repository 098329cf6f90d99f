package dev.rekey.local.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What writers know of a store: what it acknowledged under each key, and what they have asked for and heard nothing of.
 * Contents are numbers here.
 */
final class Claims {
    /** Keys that are created on condition by several writers at once, and only deleted when nobody writes them. */
    static final String ONCE = "once/";

    private final Map<String, Optional<Integer>> acknowledged = new HashMap<>();
    private final Map<String, Set<Optional<Integer>>> asked = new HashMap<>();
    private long acknowledgements;

    /** @param next empty to delete */
    synchronized void ask(String key, Optional<Integer> next) {
        asked.computeIfAbsent(key, _ -> new HashSet<>()).add(next);
    }

    synchronized void acknowledge(String key, Optional<Integer> next) {
        if (key.startsWith(ONCE) && next.isPresent()) {
            // The clients do not ask again, so nobody takes another's object for his own.
            assertThat(known(key)).as("a second creation of " + key).isEmpty();
        }
        acknowledged.put(key, next);
        acknowledgements++;
        asked.get(key).remove(next);
    }

    /** How many writes were acknowledged until now. */
    synchronized long acknowledgements() {
        return acknowledgements;
    }

    synchronized void refuse(String key, Optional<Integer> next) {
        asked.get(key).remove(next);
    }

    synchronized Optional<Integer> known(String key) {
        return acknowledged.getOrDefault(key, Optional.empty());
    }

    synchronized Claims copy() {
        var copy = new Claims();
        copy.acknowledged.putAll(acknowledged);
        asked.forEach((key, values) -> copy.asked.put(key, new HashSet<>(values)));
        return copy;
    }

    /** What was acknowledged is in the store; what was only asked for is there whole, or not at all. */
    synchronized void check(Map<String, Integer> store, String occasion) {
        var keys = new HashSet<>(acknowledged.keySet());
        keys.addAll(asked.keySet());
        assertThat(keys).as(occasion).containsAll(store.keySet());
        for (String key : keys) {
            assertThat(allowed(key)).as(occasion + ", " + key).contains(Optional.ofNullable(store.get(key)));
        }
    }

    private Set<Optional<Integer>> allowed(String key) {
        var allowed = new HashSet<>(asked.getOrDefault(key, Set.of()));
        // Nobody's creation takes the place of one that was acknowledged.
        if (key.startsWith(ONCE) && known(key).isPresent()) {
            allowed.removeIf(Optional::isPresent);
        }
        allowed.add(known(key));
        return allowed;
    }

    /** Whoever asked is gone: the store says what became of it. */
    synchronized void settle(Map<String, Integer> store) {
        asked.clear();
        acknowledged.clear();
        store.forEach((key, number) -> acknowledged.put(key, Optional.of(number)));
    }
}
