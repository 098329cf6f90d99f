package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.Where;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a plan's records that a run works on.
 *
 * @param tables by the plan's names; empty for all
 * @param where the values that top-level attributes must have, as text; empty for all records
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Scope(List<TableName> tables, Map<String, String> where) {
    /** Every record of the plan. */
    public static final Scope ALL = new Scope(List.of(), Map.of());

    public Scope {
        // What is empty is not stored.
        tables = tables == null ? List.of() : List.copyOf(tables);
        where = where == null ? Map.of() : Map.copyOf(where);
    }

    public boolean includes(TableName table) {
        return tables.isEmpty() || tables.contains(table);
    }

    /** Which records of its tables are included. */
    public Where records() {
        return where.isEmpty() ? new Where.Everything() : new Where.Written(where);
    }

    /** The first table that {@code plan} does not have. */
    public Optional<TableName> unknownIn(Plan plan) {
        return tables.stream().filter(table -> !plan.has(table)).findFirst();
    }

    @JsonIgnore
    public boolean isEverything() {
        return tables.isEmpty() && where.isEmpty();
    }
}
