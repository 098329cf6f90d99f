package dev.rekey.engine.join;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import java.util.Map;
import java.util.TreeMap;

/** The ids that are known in one partition, by their hashes. */
final class KnownIds {
    private final Map<FamilyName, Known> known = new TreeMap<>();

    private record Known(KeyType type, Hashes ids) {}

    void add(Spilled.Known line) {
        var ids =
                known.computeIfAbsent(line.family(), _ -> new Known(line.seen().type(), new Hashes()));
        line.seen().forEach(hash -> ids.ids().add(hash));
    }

    /** The ids of each family whose ids are of {@code type}. */
    Map<FamilyName, Hashes> of(KeyType type) {
        var ids = new TreeMap<FamilyName, Hashes>();
        known.forEach((family, one) -> {
            if (one.type() == type) {
                ids.put(family, one.ids());
            }
        });
        return ids;
    }

    boolean contains(KeyType type, long hash) {
        return known.values().stream()
                .anyMatch(one -> one.type() == type && one.ids().contains(hash));
    }
}
