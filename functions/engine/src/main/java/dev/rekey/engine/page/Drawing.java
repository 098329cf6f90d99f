package dev.rekey.engine.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Wording;
import dev.rekey.engine.page.Layout.Box;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tables as boxes, levels as columns, references as arrows. */
final class Drawing {
    private static final int MOST_TABLES = 150;
    private static final int LONGEST_NAME = 21;

    private final JsonNode report;
    private final Map<Edge, List<String>> edges = new LinkedHashMap<>();

    Drawing(JsonNode report) {
        this.report = report;
        for (var reference : report.path("references")) {
            var edge = new Edge(Formats.text(reference, "table"), Formats.text(reference, "to"));
            edges.computeIfAbsent(edge, one -> new ArrayList<>()).add(Formats.text(reference, "path"));
        }
    }

    /** All references of one table to another. */
    record Edge(String from, String to) {}

    Optional<Map<String, Object>> section() {
        var levels = levels();
        long tables = levels.values().stream().mapToLong(List::size).sum();
        if (tables == 0 || tables > MOST_TABLES) {
            return Optional.empty();
        }
        edges.keySet().removeIf(edge -> !isTable(edge.from()) || !isTable(edge.to()));
        var layout = new Layout(levels, edges.keySet());
        var section = new LinkedHashMap<String, Object>();
        section.put("width", layout.width());
        section.put("height", layout.height());
        section.put("description", description(levels));
        section.put("explanation", explanation());
        section.put(
                "levels",
                layout.columns().entrySet().stream()
                        .map(column -> column(column.getKey(), column.getValue(), layout))
                        .toList());
        section.put(
                "edges",
                edges.entrySet().stream()
                        .map(edge -> edge(edge.getKey(), edge.getValue(), layout))
                        .toList());
        section.put(
                "nodes",
                layout.boxes().entrySet().stream()
                        .map(node -> node(node.getKey(), node.getValue()))
                        .toList());
        return Optional.of(section);
    }

    private boolean isTable(String name) {
        return report.path("tables").has(name);
    }

    private SortedMap<Integer, List<String>> levels() {
        var levels = new TreeMap<Integer, List<String>>();
        report.path("tables")
                .properties()
                .forEach(table -> levels.computeIfAbsent(
                                table.getValue().path("level").asInt(), level -> new ArrayList<>())
                        .add(table.getKey()));
        levels.values().forEach(names -> names.sort(null));
        return levels;
    }

    private String description(Map<Integer, List<String>> levels) {
        return levels.entrySet().stream()
                        .map(level -> "Level " + level.getKey() + ": " + String.join(", ", level.getValue()) + ".")
                        .collect(Collectors.joining(" "))
                + " "
                + edges.entrySet().stream()
                        .map(edge -> edge.getKey().from() + " refers to "
                                + edge.getKey().to() + " by " + String.join(", ", edge.getValue()) + ".")
                        .collect(Collectors.joining(" "));
    }

    private String explanation() {
        boolean cycles = edges.keySet().stream().anyMatch(edge -> levelOf(edge.from()) == levelOf(edge.to()));
        return "Arrows point to the referenced table. A level is written after the levels to its left are verified."
                + (cycles ? " Dashed arrows are references in a cycle or within a table." : "");
    }

    private int levelOf(String table) {
        return report.path("tables").path(table).path("level").asInt();
    }

    private static Map<String, Object> column(int level, Box place, Layout layout) {
        return Map.of(
                "name", "Level " + level,
                "x", place.x(),
                "w", place.w(),
                "h", layout.height(),
                "tx", place.x() + Layout.PADDING);
    }

    private static Map<String, Object> edge(Edge edge, List<String> paths, Layout layout) {
        var from = layout.boxes().get(edge.from());
        var to = layout.boxes().get(edge.to());
        boolean cycle = from.x() <= to.x();
        return Map.of(
                "kind",
                cycle ? "cycle" : "",
                "d",
                edge.from().equals(edge.to()) ? loop(from) : cycle ? bow(from, to) : arrow(from, to),
                "title",
                edge.from() + " → " + edge.to() + ": " + String.join(", ", paths));
    }

    private static String arrow(Box from, Box to) {
        int end = to.x() + to.w();
        int bend = Math.max(28, (from.x() - end) / 2);
        return "M%d %d C%d %d %d %d %d %d"
                .formatted(
                        from.x(),
                        from.middle(),
                        from.x() - bend,
                        from.middle(),
                        end + bend,
                        to.middle(),
                        end,
                        to.middle());
    }

    private static String bow(Box from, Box to) {
        int start = from.x() + from.w();
        int end = to.x() + to.w();
        int bend = Math.max(start, end) + 30;
        return "M%d %d C%d %d %d %d %d %d"
                .formatted(start, from.middle() - 4, bend, from.middle(), bend, to.middle(), end, to.middle() + 4);
    }

    private static String loop(Box at) {
        int side = at.x() + at.w();
        return "M%d %d C%d %d %d %d %d %d"
                .formatted(
                        side,
                        at.middle() - 8,
                        side + 26,
                        at.middle() - 16,
                        side + 26,
                        at.middle() + 16,
                        side,
                        at.middle() + 8);
    }

    private Map<String, Object> node(String table, Box place) {
        var counts = report.path("tables").path(table).path("counts");
        long records = records(counts);
        var node = new LinkedHashMap<String, Object>();
        node.put("x", place.x());
        node.put("y", place.y());
        node.put("w", place.w());
        node.put("h", place.h());
        node.put("tx", place.x() + Layout.PADDING);
        node.put("ty", place.y() + 16);
        node.put("sy", place.y() + 30);
        node.put("name", Formats.shortened(table, LONGEST_NAME));
        node.put("sub", Wording.count(records, "record"));
        node.put("title", table + ": " + Wording.count(records, "record"));
        node.put("tone", tone(table, counts));
        return node;
    }

    /** Records of the source; if they were not counted, those that were undone or compared. */
    private static long records(JsonNode counts) {
        if (counts.has("read")) {
            return counts.path("read").asLong();
        }
        long done = sum(Verdicts.DONE, counts);
        return done > 0 ? done : Verdicts.records(counts);
    }

    private static long sum(List<Verdicts> names, JsonNode counts) {
        return names.stream().mapToLong(one -> counts.path(one.name()).asLong()).sum();
    }

    private String tone(String table, JsonNode counts) {
        boolean bad = Verdicts.COMPARED.stream()
                        .anyMatch(one -> one.tone().equals("bad")
                                && counts.path(one.name()).asLong() > 0)
                || counts.path("unmappable").asLong() > 0
                || Formats.text(report.path("failure"), "table").equals(table)
                || Formats.each(report.path("blockers"))
                        .anyMatch(one -> Formats.text(one, "table").equals(table));
        return bad ? "bad" : counts.path("drift").asLong() > 0 ? "warn" : "";
    }
}
