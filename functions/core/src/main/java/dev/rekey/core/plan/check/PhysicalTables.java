package dev.rekey.core.plan.check;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Sees to it that no physical table is written that is read, that none is read or written for two tables, and that none is
 * both copied and changed in place.
 *
 * @param <T> what tells physical tables apart: their names, or names with account and region once these are known
 */
public final class PhysicalTables<T> {
    /** Takes a problem. */
    public interface Report {
        void add(ProblemKind kind, PlanPath path, String message, String hint);
    }

    private final List<TablePlan> tables;
    private final Report report;

    public PhysicalTables(List<TablePlan> tables, Report report) {
        this.tables = List.copyOf(tables);
        this.report = report;
    }

    public void checkShared(Function<TablePlan, T> source, Function<TablePlan, T> target) {
        shared(source, ProblemKind.TABLE_SHARED_SOURCE, "source", "read from");
        shared(target, ProblemKind.TABLE_SHARED_TARGET, "target", "written to");
    }

    private void shared(Function<TablePlan, T> side, ProblemKind kind, String name, String verb) {
        Map<T, TablePlan> first = new HashMap<>();
        for (var table : kind == ProblemKind.TABLE_SHARED_SOURCE ? tables : copied()) {
            var other = first.putIfAbsent(side.apply(table), table);
            if (other != null && other.isInPlace() != table.isInPlace()) {
                var copied = table.isInPlace() ? other : table;
                inPlaceToo(table, table.isInPlace() ? table : other, "the source of " + copied.name(), table.source());
            } else if (other != null && !KindCheck.share(other, table)) {
                boolean files = name.equals("source") && table.source().isFiles();
                report.add(
                        kind,
                        PlanPath.table(table.name()),
                        "The tables " + other.name() + " and " + table.name() + " are " + verb
                                + (files ? " the same files, " : " one physical table, ")
                                + (name.equals("source") ? table.source() : table.target())
                                + ".",
                        files
                                ? "Give each files of its own with the option source."
                                : "Give each its own physical table with the option " + name
                                        + ", or say with from and match which records are whose.");
            }
        }
    }

    /** A table that is changed in place has its source as target: that it is read says all. */
    private List<TablePlan> copied() {
        return tables.stream().filter(table -> !table.isInPlace()).toList();
    }

    public void checkWrittenAndRead(Function<TablePlan, T> source, Function<TablePlan, T> target) {
        Map<T, TablePlan> readers = new HashMap<>();
        tables.forEach(table -> readers.putIfAbsent(source.apply(table), table));
        for (var table : copied()) {
            var reader = readers.get(target.apply(table));
            if (reader == null) {
                continue;
            }
            if (reader.isInPlace()) {
                inPlaceToo(table, reader, "the target of " + table.name(), table.target());
                continue;
            }
            var same = source.apply(table).equals(target.apply(table));
            report.add(
                    same ? ProblemKind.TABLE_SAME_SOURCE_AND_TARGET : ProblemKind.TABLE_TARGET_IS_ANOTHERS_SOURCE,
                    PlanPath.table(table.name()),
                    same
                            ? "Source and target of " + table.name() + " are one physical table, " + table.target()
                                    + "."
                            : "The target of " + table.name() + ", " + table.target() + ", is the source of "
                                    + reader.name() + ".",
                    (same && tables.stream().anyMatch(TablePlan::isInPlace)
                                    ? "Set mode: inPlace to change the table where it is, as other tables of the plan. Otherwise change the names,"
                                    : "Change the names,")
                            + " or the region or role of a side: a source table must not be written to.");
        }
    }

    /** A copy could not be verified against a source that changes, nor a change against a table that is copied into. */
    private void inPlaceToo(TablePlan table, TablePlan inPlace, String copied, PhysicalTable physical) {
        report.add(
                ProblemKind.TABLE_COPIED_AND_IN_PLACE,
                PlanPath.table(table.name()),
                "The physical table " + physical + " is changed in place as " + inPlace.name() + ", and is " + copied
                        + ".",
                "Use another physical table, or two plans, one after the other.");
    }
}
