package dev.rekey.engine.migrate;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.TablePlan;

/** Finds tables whose new keys no application can have chosen. */
final class DerivedKeys {
    private DerivedKeys() {}

    /** Whether every new key holds 122 bits of SHA-256, so that what stands under it can only be ours. */
    static boolean areUnguessable(TablePlan plan, TableShape shape) {
        return plan.identity() instanceof IdentityRule.Derive
                && shape.keyAttributes().stream()
                        .anyMatch(attribute -> attribute.type() != KeyType.N
                                && KeyRoles.of(plan, shape).get(attribute.name()) instanceof KeyRole.Self);
    }
}
