package dev.rekey.engine.mapping;

import dev.rekey.engine.identity.Derivation;
import dev.rekey.engine.plan.FamilyName;
import dev.rekey.engine.plan.OnOrphan;
import dev.rekey.engine.table.KeyType;

/**
 * What the plan says of one place in a table's records.
 *
 * @param path as the plan writes it
 * @param own whether it holds the record's own identity, which is no reference and never an orphan
 */
record ReferenceRule(String path, Derivation derivation, OnOrphan onOrphan, boolean own) {
    FamilyName family() {
        return derivation.family().name();
    }

    KeyType type() {
        return derivation.family().type();
    }
}
