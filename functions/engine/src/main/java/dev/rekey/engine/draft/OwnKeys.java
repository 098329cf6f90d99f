package dev.rekey.engine.draft;

import dev.rekey.engine.join.Value;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The key of the record that is being read. */
record OwnKeys(SourceTable table, Map<String, AttributeValue> item) {
    /** Whether {@code hash}, found in {@code set}, is this record's own value there. */
    boolean holds(KeySet set, long hash) {
        return set.table().equals(table)
                && Value.ofKey(item.get(set.attribute().name()))
                                .hash(set.attribute().type())
                        == hash;
    }
}
