package dev.rekey.core.plan;

import dev.rekey.core.item.KeyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A global secondary index that the plan asks for, with the names that attributes have after the run. */
public record IndexPlan(String name, KeyPart partitionKey, Optional<KeyPart> sortKey, Projected projected) {
    /**
     * A key attribute of the index.
     *
     * @param type empty for the type that the attribute has in the source's table, else S
     */
    public record KeyPart(String attribute, Optional<KeyType> type) {}

    /** Which attributes the index holds beside the keys. */
    public sealed interface Projected {
        record All() implements Projected {}

        record KeysOnly() implements Projected {}

        /** @param attributes at least one */
        record Some(List<String> attributes) implements Projected {
            public Some {
                attributes = List.copyOf(attributes);
            }
        }
    }

    /** Partition key, then the sort key if there is one. */
    public List<KeyPart> key() {
        var all = new ArrayList<KeyPart>(2);
        all.add(partitionKey);
        sortKey.ifPresent(all::add);
        return all;
    }
}
