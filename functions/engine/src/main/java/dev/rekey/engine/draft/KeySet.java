package dev.rekey.engine.draft;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.engine.join.Hashes;

/**
 * The values of one key attribute of a table.
 *
 * @param index of this set among all
 * @param sort whether the attribute is the sort key
 */
record KeySet(int index, SourceTable table, KeyAttribute attribute, boolean sort, Hashes hashes, KeyForms forms) {
    KeySet(int index, SourceTable table, KeyAttribute attribute) {
        this(index, table, attribute, !attribute.equals(table.shape().partitionKey()), new Hashes(), new KeyForms());
    }

    boolean isOnlyKey() {
        return table.shape().sortKey().isEmpty();
    }
}
