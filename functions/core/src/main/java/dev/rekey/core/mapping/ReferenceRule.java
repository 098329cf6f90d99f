package dev.rekey.core.mapping;

import dev.rekey.core.identity.Derivation;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.OnOrphan;

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
