package dev.rekey.core.identity;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;

/**
 * A set of identities and the rule that maps them.
 *
 * @param type of the key that holds the identities themselves, wherever references to them stand
 */
public record Family(FamilyName name, IdentityRule rule, KeyType type) {
    /** The type of the new ids. */
    public KeyType newType() {
        return rule instanceof IdentityRule.Lookup lookup ? lookup.ids().now() : type;
    }
}
