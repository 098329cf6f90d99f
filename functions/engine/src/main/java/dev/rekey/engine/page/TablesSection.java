package dev.rekey.engine.page;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.ReportedMode;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Decision.Route;
import dev.rekey.engine.run.Readiness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Every table with a bar of what became of its records. */
final class TablesSection {
    /** More rows are closed at first: the legend has the sums, the drawing what is wrong. */
    static final int MOST_OPEN = 20;

    private final RunReport report;
    private final List<Table> tables;
    private final List<Verdicts> parts;
    private final boolean reading;

    TablesSection(RunReport report) {
        this.report = report;
        tables = report.work().tables().entrySet().stream()
                .map(table -> new Table(table.getKey(), table.getValue()))
                .sorted(Comparator.<Table>comparingInt(table -> table.of().level())
                        .thenComparing(table -> table.name().value()))
                .toList();
        reading = report.ending().verdict().isPresent();
        boolean done = report.verified().verification().isEmpty()
                || Verdicts.DONE.stream()
                        .anyMatch(part -> part.counted() != Counted.SKIPPED && total(part.counted()) > 0);
        var all = done ? Verdicts.DONE : Verdicts.COMPARED;
        parts = all.stream().filter(part -> total(part.counted()) > 0).toList();
    }

    /** One table of the report. */
    private record Table(TableName name, RunReport.OfTable of) {
        /** Records that are created for references to them are read from no table. */
        long count(Counted what) {
            boolean isOfReading = what == Counted.READ || what == Counted.BYTES;
            return isOfReading && name.isCreated() ? 0 : what.in(of.counts());
        }

        /** Of a table that was only read; none of one that would be changed in place, whose records are counted apart. */
        long migrating() {
            var counts = of.counts();
            return Counted.READ.in(counts)
                    - Counted.FILTERED.in(counts)
                    - Counted.UNMAPPABLE.in(counts)
                    - Counted.UPDATED.in(counts)
                    - Counted.IDENTICAL.in(counts);
        }
    }

    /** A row of the page. */
    private record Row(Table table, String route, String width, List<Part> parts, List<Cell> cells) {}

    private Part part(ReportedMode mode, Verdicts part, long value, long all) {
        return reading && mode.changesInPlace()
                ? part.partOfAnalysis(value, all)
                : part.in(mode).part(value, all);
    }

    Optional<Map<String, Object>> section() {
        if (tables.isEmpty()) {
            return Optional.empty();
        }
        var columns = columns();
        return Optional.of(Map.of(
                "legend", legend(),
                "summary", Wording.count(tables.size(), "table"),
                "open", tables.size() <= MOST_OPEN,
                "columns", columns.stream().map(this::heading).toList(),
                "rows", tables.stream().map(one -> row(one, columns)).toList(),
                "totals", cells(columns, this::total)));
    }

    private List<Part> legend() {
        var all = new ArrayList<Part>();
        long migrating = tables.stream().mapToLong(Table::migrating).sum();
        if (reading && migrating > 0) {
            all.add(toMigrate(migrating, 1));
        }
        parts.forEach(part -> all.add(part(report.mode(), part, total(part.counted()), 1)));
        return all;
    }

    /** Nothing migrates while the data does not fit the plan. */
    private Part toMigrate(long value, long all) {
        boolean ready = report.ending().verdict().orElseThrow() != Readiness.NOT_READY;
        return Part.of(ready ? "will migrate" : "would migrate", "c1", "", value, all);
    }

    private Row row(Table table, List<Counted> columns) {
        long all = size(table);
        long largest = tables.stream().mapToLong(this::size).max().orElse(1);
        var bars = new ArrayList<Part>();
        if (reading && table.migrating() > 0) {
            bars.add(toMigrate(table.migrating(), all));
        }
        for (var part : parts) {
            long value = part.counted().in(table.of().counts());
            if (value > 0) {
                bars.add(part(report.mode(table.of()), part, value, all));
            }
        }
        return new Row(
                table,
                route(table.of().route()),
                Formats.percent((double) all, (double) largest),
                bars,
                cells(columns, table::count));
    }

    /** Physical names; of a table that is changed in place, one. */
    private static String route(Route route) {
        return route.source().equals(route.target())
                ? route.source().name()
                : route.source() + " \u2192 " + route.target();
    }

    private List<Cell> cells(List<Counted> columns, ToLongFunction<Counted> count) {
        return columns.stream()
                .map(what -> new Cell(heading(what), cell(what, count.applyAsLong(what))))
                .toList();
    }

    private long size(Table table) {
        long parted = parts.stream()
                .mapToLong(part -> part.counted().in(table.of().counts()))
                .sum();
        return reading ? parted + table.migrating() : parted;
    }

    /** Every count that is not zero everywhere. */
    private List<Counted> columns() {
        return tables.stream()
                .flatMap(table -> table.of().counts().keySet().stream())
                .distinct()
                .filter(what -> total(what) > 0)
                .sorted(Comparator.comparing(Counted::word))
                .toList();
    }

    private long total(Counted what) {
        return tables.stream().mapToLong(table -> table.count(what)).sum();
    }

    private String heading(Counted what) {
        return switch (what) {
            case TARGET_BYTES -> "after rewriting";
            case BYTES -> "size";
            default -> reading ? Counted.wordOfAnalysis(what.word()) : what.word();
        };
    }

    private static String cell(Counted what, long value) {
        return switch (what) {
            case TARGET_BYTES, BYTES -> Formats.bytes(value);
            default -> Wording.count(value);
        };
    }
}
