package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.plan.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How a run is rolled back. It lies in the run's control, so that a resumed rollback goes on as it began.
 *
 * @param table the one table that is rolled back; empty for the whole run
 * @param cascade whether the tables that refer to it, directly or not, are rolled back with it
 * @param exclusive whether the caller asserts that nothing else writes to the tables: then records are deleted and
 *     restored in batches, without a condition
 * @param undone the tables that an earlier rollback of the same kind took back already: this one does not count them
 * @param where the values that attributes must have had, as text, for a record to be rolled back; empty for all records
 * @param earlier the parts of the run that were rolled back before, oldest first
 * @param verify whether the tables are compared afterwards with what stood there before the run
 * @param keepLimit whether a limit of writes that was set before stays, and is not lifted when the rollback begins
 * @param cascaded all tables that are rolled back if {@code cascade} adds some to {@code table}
 * @param overwritings how many rollbacks of the run that overwrite drift began before this one
 * @param begun how many rollbacks of the run began before this one that no values chose records for
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Undoing(
        Optional<String> table,
        boolean cascade,
        Drift drift,
        boolean exclusive,
        Set<TableName> undone,
        Map<String, String> where,
        List<Scope> earlier,
        boolean verify,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean keepLimit,
        Set<TableName> cascaded,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int overwritings,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int begun) {
    /** Everything, but for what others changed. */
    public static final Undoing ALL = new Undoing(Optional.empty(), false, Drift.KEEP, false);

    public Undoing {
        // What is empty is not stored.
        undone = undone == null ? Set.of() : Set.copyOf(undone);
        where = where == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(where));
        earlier = earlier == null ? List.of() : List.copyOf(earlier);
        cascaded = cascaded == null ? Set.of() : Set.copyOf(cascaded);
    }

    public Undoing(Optional<String> table, boolean cascade, Drift drift, boolean exclusive) {
        this(table, cascade, drift, exclusive, Set.of(), Map.of(), List.of(), false, false, Set.of(), 0, 0);
    }

    /** The same of the records that had these values. */
    public Undoing where(Map<String, String> values) {
        return asked(values, verify, keepLimit);
    }

    /** The same, verified if {@code whether}. */
    public Undoing verifying(boolean whether) {
        return asked(where, whether, keepLimit);
    }

    /** The same, which keeps the limits that the run has if {@code whether}. */
    public Undoing keepingLimit(boolean whether) {
        return asked(where, verify, whether);
    }

    private Undoing asked(Map<String, String> values, boolean verified, boolean limited) {
        return new Undoing(
                table,
                cascade,
                drift,
                exclusive,
                undone,
                values,
                earlier,
                verified,
                limited,
                cascaded,
                overwritings,
                begun);
    }

    /** The same, which goes on with the work of {@code last}. */
    public Undoing goingOn(Undoing last) {
        return after(last.undone, last.earlier, cascaded, last.overwritings, last.begun);
    }

    /** The same, which begins after {@code last} began. What that left alone, another rollback looks at again. */
    public Undoing next(Undoing last) {
        int overwriting = last.drift == Drift.OVERWRITE ? 1 : 0;
        int ofAllValues = last.where.isEmpty() ? 1 : 0;
        return after(undone, last.parts(), cascaded, last.overwritings + overwriting, last.begun + ofAllValues);
    }

    /** The same, which does not count these tables. */
    public Undoing without(Set<TableName> others) {
        return after(others, earlier, cascaded, overwritings, begun);
    }

    /** The same, which rolls back these tables. */
    public Undoing of(Set<TableName> tables) {
        return after(undone, earlier, cascade ? tables : Set.of(), overwritings, begun);
    }

    private Undoing after(
            Set<TableName> others, List<Scope> parts, Set<TableName> tables, int overwritten, int before) {
        return new Undoing(
                table, cascade, drift, exclusive, others, where, parts, verify, keepLimit, tables, overwritten, before);
    }

    /** Whether what remains of the run stays migrated. */
    public boolean leavesTheRest() {
        return table.isPresent() || !where.isEmpty();
    }

    /** What is rolled back; empty if that is the whole run. */
    public Optional<Scope> onlyPart() {
        return leavesTheRest() ? Optional.of(part()) : Optional.empty();
    }

    /** What is rolled back, or was, with what was before. */
    public List<Scope> parts() {
        var parts = new ArrayList<>(earlier);
        if (leavesTheRest() && !parts.contains(part())) {
            parts.add(part());
        }
        return List.copyOf(parts);
    }

    private Scope part() {
        var tables = cascaded.isEmpty()
                ? table.stream().map(TableName::new)
                : cascaded.stream().sorted();
        return new Scope(tables.toList(), where);
    }

    /** Its checkpoints lie under this name. */
    public Stage stage() {
        return !where.isEmpty()
                ? Stage.undoing(where)
                : switch (drift) {
                    case KEEP -> Stage.keeping(begun);
                    case OVERWRITE -> Stage.overwriting(overwritings);
                };
    }

    /** The stages of the rollbacks that overwrote drift before this one, oldest first. */
    public List<Stage> overwritten() {
        return stages(overwritings, Stage::overwriting).toList();
    }

    /** The stages of the rollbacks before this one that may have kept drift, and that no values chose records for. */
    public List<Stage> kept() {
        return stages(begun, Stage::keeping).toList();
    }

    /** The stages of all rollbacks so far, this one with them, that no values chose records for. */
    public List<Stage> ofAllValues() {
        return Stream.concat(stages(begun + 1, Stage::keeping), stages(overwritings + 1, Stage::overwriting))
                .toList();
    }

    private static Stream<Stage> stages(int count, IntFunction<Stage> stage) {
        return IntStream.range(0, count).mapToObj(stage);
    }

    /** Whether both go through the same records in the same way, so that one continues where the other stopped. */
    public boolean isSameWorkAs(Undoing other) {
        return drift == other.drift
                && where.equals(other.where)
                && table.equals(other.table)
                && cascade == other.cascade;
    }
}
