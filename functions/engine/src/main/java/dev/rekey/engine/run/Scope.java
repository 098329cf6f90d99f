package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The part of a plan's records that a run works on.
 *
 * @param tables by the plan's names; empty for all
 * @param without tables that are left out on purpose, although others of the run refer to their records' ids
 * @param where the values that top-level attributes must have, as text; empty for all records
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Scope(List<TableName> tables, List<TableName> without, Map<String, String> where) {
    /** Every record of the plan. */
    public static final Scope ALL = new Scope(List.of(), Map.of());

    public Scope {
        // What is empty is not stored.
        tables = tables == null ? List.of() : List.copyOf(tables);
        without = without == null ? List.of() : List.copyOf(without);
        where = where == null ? Map.of() : Map.copyOf(where);
    }

    /** Leaves out no table on purpose. */
    public Scope(List<TableName> tables, Map<String, String> where) {
        this(tables, List.of(), where);
    }

    public boolean includes(TableName table) {
        return (tables.isEmpty() || tables.contains(table.named())) && !without.contains(table.named());
    }

    /** Which records of its tables are included. */
    public Where records() {
        return where.isEmpty() ? new Where.Everything() : new Where.Written(where);
    }

    /** The first table that {@code plan} does not have. */
    public Optional<TableName> unknownIn(Plan plan) {
        return Stream.concat(tables.stream(), without.stream())
                .filter(table -> !plan.has(table))
                .findFirst();
    }

    /** Its tables and values, such as {@code table Orders} and {@code tenant_id=1}. */
    public List<String> words() {
        var words = new ArrayList<String>();
        tables.forEach(table -> words.add("table " + table));
        new TreeMap<>(where).forEach((attribute, value) -> words.add(attribute + "=" + value));
        return words;
    }

    /** As it is typed, such as {@code --table Orders} and {@code --where tenant_id=1}. */
    public List<String> options() {
        var options = new ArrayList<String>();
        tables.forEach(table -> options.add("--table " + table));
        without.forEach(table -> options.add("--without " + table));
        new TreeMap<>(where).forEach((attribute, value) -> options.add("--where " + attribute + "=" + value));
        return options;
    }

    @JsonIgnore
    public boolean isEverything() {
        return tables.isEmpty() && without.isEmpty() && where.isEmpty();
    }
}
