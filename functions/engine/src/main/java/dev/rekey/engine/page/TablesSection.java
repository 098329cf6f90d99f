package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.ReportedMode;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Readiness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/** Every table with a bar of what became of its records. */
final class TablesSection {
    private final List<Map.Entry<String, JsonNode>> tables;
    private final List<Verdicts> parts;
    private final JsonNode report;
    private final boolean reading;

    TablesSection(JsonNode report) {
        this.report = report;
        tables = report.path("tables").properties().stream()
                .sorted(Comparator.<Map.Entry<String, JsonNode>>comparingInt(
                                one -> one.getValue().path("level").asInt())
                        .thenComparing(Map.Entry::getKey))
                .toList();
        reading = report.has("verdict");
        boolean done = !report.has("verification")
                || Verdicts.DONE.stream().anyMatch(part -> !part.name().equals("skipped") && total(part.name()) > 0);
        var all = done ? Verdicts.DONE : Verdicts.COMPARED;
        parts = all.stream().filter(part -> total(part.name()) > 0).toList();
    }

    /** {@code part} with the meaning that it has in {@code mode}. */
    private Verdicts in(ReportedMode mode, Verdicts part) {
        return reading && mode.changesInPlace() ? part.ofAnalysis() : part.in(mode);
    }

    Optional<Map<String, Object>> section() {
        if (tables.isEmpty()) {
            return Optional.empty();
        }
        var columns = columns();
        var section = new LinkedHashMap<String, Object>();
        section.put("caption", "All bars have the same scale.");
        section.put("legend", legend());
        section.put("columns", columns.stream().map(this::heading).toList());
        section.put("rows", tables.stream().map(one -> row(one, columns)).toList());
        section.put("totals", cells(columns, this::total));
        return Optional.of(section);
    }

    private List<Map<String, Object>> legend() {
        var all = new ArrayList<Map<String, Object>>();
        if (reading && migrating() > 0) {
            all.add(toMigrate().part(migrating(), 1));
        }
        parts.forEach(part -> all.add(in(ReportedMode.of(report), part).part(total(part.name()), 1)));
        return all;
    }

    /** Nothing migrates while the data does not fit the plan. */
    private Verdicts toMigrate() {
        boolean ready = Readiness.of(Formats.text(report, "verdict")) != Readiness.NOT_READY;
        return new Verdicts(ready ? "will migrate" : "would migrate", "c1", "");
    }

    private long migrating() {
        return tables.stream().mapToLong(TablesSection::migrating).sum();
    }

    /** Of a table that was only read; none of one that would be changed in place, whose records are counted apart. */
    private static long migrating(Map.Entry<String, JsonNode> table) {
        var counts = counts(table);
        return counts.path("read").asLong()
                - counts.path("filtered").asLong()
                - counts.path("unmappable").asLong()
                - counts.path("updated").asLong()
                - counts.path("identical").asLong();
    }

    private Map<String, Object> row(Map.Entry<String, JsonNode> table, List<String> columns) {
        var counts = counts(table);
        long all = size(table);
        long largest = tables.stream().mapToLong(this::size).max().orElse(1);
        var mode = ReportedMode.ofTable(report, table.getValue());
        var bars = new ArrayList<Map<String, Object>>();
        if (reading && migrating(table) > 0) {
            bars.add(toMigrate().part(migrating(table), all));
        }
        for (var part : parts) {
            long value = counts.path(part.name()).asLong();
            if (value > 0) {
                bars.add(in(mode, part).part(value, all));
            }
        }
        var row = new LinkedHashMap<String, Object>();
        row.put("name", table.getKey());
        row.put("route", route(table.getValue()));
        row.put("level", table.getValue().path("level").asText());
        row.put("width", Formats.percent((double) all, (double) largest));
        row.put("parts", bars);
        row.put("cells", cells(columns, name -> count(table, name)));
        return row;
    }

    /** Physical names; of a table that is changed in place, one. */
    private static String route(JsonNode table) {
        var source = Formats.text(table, "source");
        var target = Formats.text(table, "target");
        return source.equals(target) ? source : source + " \u2192 " + target;
    }

    private List<Map<String, Object>> cells(List<String> columns, ToLongFunction<String> count) {
        return Formats.cells(
                columns.stream().map(this::heading).toList(),
                columns.stream()
                        .map(name -> cell(name, count.applyAsLong(name)))
                        .toList());
    }

    private long size(Map.Entry<String, JsonNode> table) {
        long parted = parts.stream()
                .mapToLong(part -> counts(table).path(part.name()).asLong())
                .sum();
        return reading ? parted + migrating(table) : parted;
    }

    /** Every count that is not zero everywhere. */
    private List<String> columns() {
        var names = new TreeSet<String>();
        tables.forEach(table -> counts(table).properties().forEach(count -> names.add(count.getKey())));
        return names.stream().filter(name -> total(name) > 0).toList();
    }

    private long total(String name) {
        return tables.stream().mapToLong(one -> count(one, name)).sum();
    }

    /** Records that are created for references to them are read from no table. */
    private static long count(Map.Entry<String, JsonNode> table, String name) {
        boolean isOfReading = name.equals(Counted.READ.word()) || name.equals(Counted.BYTES.word());
        return isOfReading && new TableName(table.getKey()).isCreated()
                ? 0
                : counts(table).path(name).asLong();
    }

    private static JsonNode counts(Map.Entry<String, JsonNode> table) {
        return table.getValue().path("counts");
    }

    private String heading(String name) {
        return switch (name) {
            case "targetBytes" -> "after rewriting";
            case "bytes" -> "size";
            default -> reading ? Counted.wordOfAnalysis(name) : name;
        };
    }

    private static String cell(String name, long value) {
        return name.endsWith("ytes") ? Formats.bytes(value) : Formats.number(value);
    }
}
