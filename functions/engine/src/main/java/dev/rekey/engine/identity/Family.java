package dev.rekey.engine.identity;

import dev.rekey.engine.plan.FamilyName;
import dev.rekey.engine.plan.IdentityRule;
import dev.rekey.engine.table.KeyType;

/**
 * A set of identities and the rule that maps them.
 *
 * @param type of the key that holds the identities themselves, wherever references to them stand
 */
public record Family(FamilyName name, IdentityRule rule, KeyType type) {}
