package dev.rekey.core.plan;

import java.util.List;
import java.util.Set;

/**
 * An immutable declaration of what moves where, and how identities change.
 *
 * @param tables in the order of the file; names are unique
 * @param closureLimit how many records {@code test} may migrate together, at least 1
 * @param limits what a run begins with; no part of the canonical form, since they do not change what is written
 * @param fingerprint of the plan's canonical form
 */
public record Plan(
        PlanName name,
        Side source,
        Side target,
        List<TablePlan> tables,
        int closureLimit,
        Limits limits,
        Fingerprint fingerprint) {

    public Plan {
        tables = List.copyOf(tables);
    }

    /**
     * The table that the plan calls {@code name}.
     *
     * @throws IllegalArgumentException if the plan has no such table
     */
    public TablePlan table(TableName name) {
        return tables.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the plan has no table " + name));
    }

    public boolean has(TableName name) {
        return tables.stream().anyMatch(table -> table.name().equals(name));
    }

    /** The plan for {@code some} of its tables. */
    public Plan only(Set<TableName> some) {
        var left = tables.stream().filter(table -> some.contains(table.name())).toList();
        return new Plan(name, source, target, left, closureLimit, limits, fingerprint);
    }
}
