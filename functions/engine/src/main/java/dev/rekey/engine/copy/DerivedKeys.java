package dev.rekey.engine.copy;

import dev.rekey.engine.identity.Families;
import dev.rekey.engine.plan.IdentityRule;
import dev.rekey.engine.plan.KeyRole;
import dev.rekey.engine.plan.TablePlan;
import dev.rekey.engine.table.KeyType;
import dev.rekey.engine.table.TableShape;

/** Tells tables whose new keys nobody else can have chosen. */
final class DerivedKeys {
    private DerivedKeys() {}

    /** Whether every new key holds 122 bits of SHA-256, so that what stands under it can only be ours. */
    static boolean areUnguessable(TablePlan plan, TableShape shape) {
        return plan.identity() instanceof IdentityRule.Derive
                && shape.keyAttributes().stream()
                        .anyMatch(attribute -> attribute.type() != KeyType.N
                                && Families.role(plan, shape, attribute) instanceof KeyRole.Self);
    }
}
