package dev.rekey.core.mapping;

import dev.rekey.core.identity.Derivation;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.OnMissing;
import dev.rekey.core.plan.OnOrphan;

/**
 * What the plan says of one place in a table's records.
 *
 * @param path as the plan writes it
 */
record ReferenceRule(String path, Derivation derivation, OnOrphan onOrphan, Holder holder) {
    /** What the place is a part of. */
    enum Holder {
        /** The record's own identity, which is no reference and never an orphan. */
        SELF,
        KEY,
        ATTRIBUTE
    }

    boolean own() {
        return holder == Holder.SELF;
    }

    FamilyName family() {
        return derivation.family().name();
    }

    KeyType type() {
        return derivation.family().type();
    }

    KeyType newType() {
        return derivation.family().newType();
    }

    /** What becomes of an id that the rule has no new one for. */
    OnMissing onMissing() {
        return derivation.family().rule() instanceof IdentityRule.Lookup lookup ? lookup.onMissing() : OnMissing.FAIL;
    }
}
