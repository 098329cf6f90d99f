package dev.rekey.cli.command;

import dev.rekey.cli.text.Columns;
import dev.rekey.cli.text.Numbers;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.Plan;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.scan.SegmentProbe.Estimate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** How many records of each table a migration will deal with, in a table for people. */
sealed interface WorkOfTables {
    String HOLDS = "target holds";

    /** What an analysis counted. */
    static WorkOfTables analyzed(Map<TableName, Map<Counted, Long>> counts) {
        return new Analyzed(counts);
    }

    /** What is known without an analysis: how large the physical tables are. */
    static WorkOfTables estimated(Map<PhysicalTable, Estimate> sizes) {
        return new Estimated(sizes);
    }

    /**
     * Cells by heading.
     *
     * @param first whether it is the first of the tables that share its physical table
     */
    Map<String, String> cells(TablePlan table, boolean first);

    /**
     * A line for each table.
     *
     * @param holds how many records the target of a copied table holds
     * @param width of the terminal
     */
    default List<String> lines(Plan plan, List<TablePlan> tables, ToLongFunction<TablePlan> holds, int width) {
        var rows = new LinkedHashMap<TablePlan, Map<String, String>>();
        var counted = new HashSet<PhysicalTable>();
        for (var table : tables) {
            boolean first = counted.add(table.source());
            var cells = new LinkedHashMap<>(cells(table, first));
            cells.put(HOLDS, table.isInPlace() || !first ? "" : Numbers.count(holds.applyAsLong(table)));
            rows.put(table, cells);
        }
        var headings = headings(rows);
        var columns = new Columns(headings.toArray(String[]::new));
        var names = new ArrayList<>(List.of("written to"));
        rows.forEach((table, cells) -> {
            columns.row(headings.stream()
                    .map(heading -> heading.equals("table") ? table.name().value() : cells.getOrDefault(heading, ""))
                    .toArray(String[]::new));
            names.add(table.target().name());
        });
        boolean follow = tables.stream().allMatch(table -> table.target().equals(place(plan, table)));
        return columns.besideIfItFits(names, width, follow);
    }

    /** A column that says nothing of any table is left out. */
    private static List<String> headings(Map<TablePlan, Map<String, String>> rows) {
        var headings = new ArrayList<>(List.of("table"));
        rows.values().stream()
                .flatMap(cells -> cells.keySet().stream())
                .distinct()
                .forEach(heading -> {
                    if (rows.values().stream()
                            .anyMatch(cells -> !cells.getOrDefault(heading, "").isEmpty()
                                    && !(cells.get(heading).equals("0") && !heading.equals(HOLDS)))) {
                        headings.add(heading);
                    }
                });
        return headings;
    }

    private static PhysicalTable place(Plan plan, TablePlan table) {
        return (table.isInPlace() ? plan.source() : plan.target()).physical(table.unit());
    }

    /** @param counts by table */
    record Analyzed(Map<TableName, Map<Counted, Long>> counts) implements WorkOfTables {
        @Override
        public Map<String, String> cells(TablePlan table, boolean first) {
            var mine = counts.getOrDefault(table.name(), Map.of());
            long selected = Counted.READ.in(mine)
                    - Counted.FILTERED.in(mine)
                    - Counted.MERGED.in(mine)
                    - Counted.UNMAPPABLE.in(mine);
            var cells = new LinkedHashMap<String, String>();
            cells.put("to copy", table.isInPlace() ? "" : Numbers.count(selected));
            cells.put("to change", table.isInPlace() ? Numbers.count(Counted.UPDATED.in(mine)) : "");
            cells.put("as planned", table.isInPlace() ? Numbers.count(Counted.IDENTICAL.in(mine)) : "");
            cells.put("merged", Numbers.count(Counted.MERGED.in(mine)));
            cells.put("not selected", Numbers.count(Counted.FILTERED.in(mine)));
            return cells;
        }
    }

    /** @param sizes of the sources that are tables */
    record Estimated(Map<PhysicalTable, Estimate> sizes) implements WorkOfTables {
        @Override
        public Map<String, String> cells(TablePlan table, boolean first) {
            var size = Optional.ofNullable(sizes.get(table.source()));
            var cells = new LinkedHashMap<String, String>();
            cells.put("records", first ? of(size, Estimate::records) : "");
            cells.put("bytes", first ? of(size, Estimate::bytes) : "");
            return cells;
        }

        /** Nobody has looked at files before they are uploaded and analyzed. */
        private static String of(Optional<Estimate> source, ToLongFunction<Estimate> figure) {
            return source.map(estimate -> Numbers.count(figure.applyAsLong(estimate)))
                    .orElse("files");
        }
    }
}
