package dev.rekey.engine.draft;

import dev.rekey.engine.join.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The key values of all tables. */
record KeySets(List<KeySet> all) {
    static KeySets of(List<SourceTable> tables) {
        var sets = new ArrayList<KeySet>();
        for (var table : tables) {
            for (var attribute : table.shape().keyAttributes()) {
                sets.add(new KeySet(sets.size(), table, attribute));
            }
        }
        return new KeySets(List.copyOf(sets));
    }

    List<KeySet> of(SourceTable table) {
        return all.stream().filter(set -> set.table().equals(table)).toList();
    }

    /** @param sets of the table that holds {@code item} */
    static void collect(List<KeySet> sets, Map<String, AttributeValue> item) {
        for (var set : sets) {
            var value = Value.ofKey(item.get(set.attribute().name()));
            long hash = value.hash(set.attribute().type());
            if (hash != 0) {
                set.hashes().add(hash);
                set.forms().add(value, value.isPlain(set.attribute().type()));
            }
        }
    }
}
