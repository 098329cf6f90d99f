package dev.rekey.engine.undo;

import dev.rekey.engine.record.Digest;
import dev.rekey.engine.table.Key;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What all attempts together logged of one target key that they wrote, or meant to write.
 *
 * @param operation of the first attempt
 * @param before the first before-image: what stood there before we came
 * @param digests of every content that any attempt may have written
 */
public record Logged(Operation operation, Optional<Map<String, AttributeValue>> before, Set<Digest> digests) {

    /** The entries of {@code pages}, oldest attempt first, by target key; without those that are not ours. */
    public static Map<Key, Logged> byKey(Collection<Page> pages) {
        var all = new HashMap<Key, Logged>();
        for (var page : pages) {
            for (var entry : page.entries()) {
                if (entry.operation() != Operation.NONE) {
                    all.merge(entry.newKey(), first(entry), Logged::and);
                }
            }
        }
        return all;
    }

    /** What one entry logs. */
    public static Logged first(PageEntry entry) {
        return new Logged(entry.operation(), entry.before(), Set.of(entry.target()));
    }

    /** This, and what {@code later} attempts logged of the same key. */
    public Logged and(Logged later) {
        var both = new HashSet<>(digests);
        both.addAll(later.digests);
        return new Logged(operation, before, both);
    }
}
