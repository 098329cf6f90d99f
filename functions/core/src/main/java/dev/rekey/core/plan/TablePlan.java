package dev.rekey.core.plan;

import dev.rekey.core.item.PhysicalTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the plan says of one table.
 *
 * @param name the plan's name for the table
 * @param source the physical table that is read
 * @param target the physical table that is written; in place, the source
 * @param family the family of the table's own identities
 * @param identity how that family maps
 * @param key role of each key attribute that the plan names; the others have the default: the partition key is
 *     {@link KeyRole.Self}, a sort key {@link KeyRole.Keep}
 * @param references in the order of the plan
 * @param set attributes that get a new value
 * @param rename old name to new name, top-level attributes
 * @param drop top-level attributes that are left out
 * @param onDrift empty to fail where the target table began empty, and to report where it did not
 * @param checks what must hold of the records that move
 * @param mode where the result goes
 */
public record TablePlan(
        TableName name,
        PhysicalTable source,
        PhysicalTable target,
        FamilyName family,
        IdentityRule identity,
        Map<String, KeyRole> key,
        List<Reference> references,
        Where where,
        Map<String, ValueRule> set,
        Map<String, String> rename,
        Set<String> drop,
        OnConflict onConflict,
        Optional<OnDrift> onDrift,
        Checks checks,
        Mode mode) {

    public boolean isInPlace() {
        return switch (mode) {
            case Mode.InPlace _ -> true;
            case Mode.Copy _ -> false;
        };
    }

    /** @param targetWasEmpty whether the target table held nothing when the run was prepared */
    public OnDrift onDrift(boolean targetWasEmpty) {
        return onDrift.orElse(targetWasEmpty ? OnDrift.FAIL : OnDrift.REPORT);
    }
}
