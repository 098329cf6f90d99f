package dev.rekey.engine.page;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.page.Layout.Box;
import dev.rekey.engine.report.RunReport.OfTable;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.verify.Verdict;
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

    private final Shown shown;
    private final Map<String, OfTable> tables = new LinkedHashMap<>();
    private final Map<Edge, List<String>> edges = new LinkedHashMap<>();

    Drawing(Shown shown) {
        this.shown = shown;
        var work = shown.report().work();
        work.tables().forEach((name, table) -> tables.put(name.value(), table));
        for (var reference : work.references()) {
            var edge = new Edge(reference.table().value(), reference.to().value());
            if (tables.containsKey(edge.from()) && tables.containsKey(edge.to())) {
                edges.computeIfAbsent(edge, one -> new ArrayList<>()).add(reference.path());
            }
        }
    }

    /** What the template draws of a level. */
    private record Column(String name, int x, int w, int h, int tx) {}

    /** What it draws of the references of one table to another. */
    private record Arrow(String kind, String from, String to, String d, String title) {}

    /** What it draws of a table. */
    record Node(Box box, String table, String name, String sub, String title, String tone) {
        int tx() {
            return box.x() + Layout.PADDING;
        }

        int ty() {
            return box.y() + 16;
        }

        int sy() {
            return box.y() + 30;
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

    private SortedMap<Integer, List<String>> levels() {
        var levels = new TreeMap<Integer, List<String>>();
        tables.forEach((name, table) -> levels.computeIfAbsent(table.level(), level -> new ArrayList<>())
                .add(name));
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
                + (cycles ? " Dashed arrows are references in a cycle or within a table." : "")
                + " Point at a table, or search it, to see its own arrows.";
    }

    private int levelOf(String table) {
        return tables.get(table).level();
    }

    private static Column column(int level, Box place, Layout layout) {
        return new Column("Level " + level, place.x(), place.w(), layout.height(), place.x() + Layout.PADDING);
    }

    private static Arrow edge(Edge edge, List<String> paths, Layout layout) {
        var from = layout.boxes().get(edge.from());
        var to = layout.boxes().get(edge.to());
        boolean cycle = from.x() <= to.x();
        return new Arrow(
                cycle ? "cycle" : "",
                edge.from(),
                edge.to(),
                edge.from().equals(edge.to()) ? loop(from) : cycle ? bow(from, to) : arrow(from, to),
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

    private Node node(String table, Box place) {
        var counts = tables.get(table).counts();
        var records = Wording.count(records(counts), "record");
        return new Node(
                place,
                table,
                Formats.shortened(table, LONGEST_NAME),
                records,
                table + ": " + records,
                tone(table, counts));
    }

    /** Records of the source; if they were not counted, those that were undone or compared. */
    private static long records(Map<Counted, Long> counts) {
        if (counts.containsKey(Counted.READ)) {
            return Counted.READ.in(counts);
        }
        long done = Verdicts.DONE.stream()
                .mapToLong(one -> one.counted().in(counts))
                .sum();
        return done > 0 ? done : Verdict.records(counts);
    }

    private String tone(String table, Map<Counted, Long> counts) {
        var name = new TableName(table);
        boolean bad = Verdict.failures(counts) > 0
                || Counted.UNMAPPABLE.in(counts) > 0
                || shown.report().ending().failure().flatMap(Failure::table).equals(Optional.of(name))
                || shown.analysis().map(Analysis::blockers).orElse(List.of()).stream()
                        .anyMatch(one -> one.table().equals(Optional.of(name)));
        return bad ? "bad" : Counted.DRIFT.in(counts) > 0 ? "warn" : "";
    }
}
