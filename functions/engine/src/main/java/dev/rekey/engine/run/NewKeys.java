package dev.rekey.engine.run;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.IdentityRule;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.KeyRoles;
import dev.rekey.core.plan.KindOfRecords;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.Unmatched;

/** Says of the tables of a run whether somebody else may write under the keys that the run creates records under. */
public final class NewKeys {
    private NewKeys() {}

    /**
     * Whether nobody else knows the new keys of {@code unit}: they cannot be guessed, and no application works with them yet.
     * It does once an earlier run has copied references, or if the plan says that the target is in use.
     */
    public static boolean areKnownToNobody(RunContext run, TableName unit) {
        var manifest = run.manifest();
        var table = manifest.table(unit);
        return table.targetWasEmpty()
                && manifest.earlier().isEmpty()
                && !run.plan().target().inUse()
                && manifest.sharing(unit).stream()
                        .map(run.plan()::table)
                        .filter(NewKeys::isWritten)
                        .allMatch(plan -> areUnguessable(plan, table.source()));
    }

    /** Whether every new key holds 122 bits of SHA-256. */
    private static boolean areUnguessable(TablePlan plan, TableShape shape) {
        return plan.identity() instanceof IdentityRule.Derive
                && shape.keyAttributes().stream()
                        .anyMatch(attribute -> attribute.type() != KeyType.N
                                && KeyRoles.of(plan, shape).get(attribute.name()) instanceof KeyRole.Self);
    }

    private static boolean isWritten(TablePlan plan) {
        return !plan.isRest()
                || plan.kind()
                        .map(KindOfRecords::unmatched)
                        .filter(Unmatched.COPY::equals)
                        .isPresent();
    }
}
