package dev.rekey.engine.page;

import dev.rekey.engine.page.Drawing.Edge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;

/** Finds a place for every table: a column for each level, near to those that a table has to do with. In pixels. */
final class Layout {
    static final int PADDING = 10;
    private static final int WIDTH = 150;
    private static final int HEIGHT = 38;
    private static final int GAP = 10;
    private static final int TOP = 34;
    private static final int BETWEEN = 56;
    private static final int MOST_IN_COLUMN = 16;
    private static final int SWEEPS = 4;

    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final Map<Integer, Box> columns = new LinkedHashMap<>();
    private int width;
    private int height;

    record Box(int x, int y, int w, int h) {
        int middle() {
            return y + h / 2;
        }
    }

    Layout(SortedMap<Integer, List<String>> levels, Collection<Edge> edges) {
        var ordered = ordered(levels, edges);
        int tallest = ordered.values().stream()
                .mapToInt(names -> Math.min(names.size(), MOST_IN_COLUMN))
                .max()
                .orElse(1);
        height = TOP + tallest * (HEIGHT + GAP) + GAP;
        int x = 0;
        for (var level : ordered.entrySet()) {
            int parts = Math.ceilDiv(level.getValue().size(), MOST_IN_COLUMN);
            int w = parts * (WIDTH + PADDING) + PADDING;
            columns.put(level.getKey(), new Box(x, 0, w, height));
            place(level.getValue(), x + PADDING, parts);
            x += w + BETWEEN;
        }
        width = x - BETWEEN + 30;
    }

    /** In equal parts one beside the other, each in the middle of the height. */
    private void place(List<String> names, int left, int parts) {
        int each = Math.ceilDiv(names.size(), Math.max(1, parts));
        for (int i = 0; i < names.size(); i++) {
            int part = i / each;
            int inPart = Math.min(each, names.size() - part * each);
            int top = TOP + (height - TOP - inPart * (HEIGHT + GAP)) / 2;
            boxes.put(
                    names.get(i),
                    new Box(left + part * (WIDTH + PADDING), top + i % each * (HEIGHT + GAP), WIDTH, HEIGHT));
        }
    }

    Map<String, Box> boxes() {
        return boxes;
    }

    Map<Integer, Box> columns() {
        return columns;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Sorts every level by the mean position of its neighbours, so that fewer arrows cross. */
    private static Map<Integer, List<String>> ordered(SortedMap<Integer, List<String>> levels, Collection<Edge> edges) {
        var ordered = new LinkedHashMap<Integer, List<String>>();
        levels.forEach((level, names) -> ordered.put(level, new ArrayList<>(names)));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            var positions = positions(ordered);
            Function<Edge, String> one = down ? Edge::from : Edge::to;
            Function<Edge, String> other = down ? Edge::to : Edge::from;
            var order = down
                    ? List.copyOf(ordered.values())
                    : List.copyOf(ordered.values()).reversed();
            for (var names : order) {
                names.sort(Comparator.comparingDouble(name -> edges.stream()
                        .filter(edge -> one.apply(edge).equals(name))
                        .mapToDouble(edge -> positions.getOrDefault(other.apply(edge), 0.0))
                        .average()
                        .orElse(positions.get(name))));
                put(names, positions);
            }
        }
        return ordered;
    }

    private static Map<String, Double> positions(Map<Integer, List<String>> ordered) {
        var positions = new HashMap<String, Double>();
        ordered.values().forEach(names -> put(names, positions));
        return positions;
    }

    /** From 0 to 1, whatever the number of tables in the column. */
    private static void put(List<String> names, Map<String, Double> positions) {
        for (int i = 0; i < names.size(); i++) {
            positions.put(names.get(i), (i + 0.5) / names.size());
        }
    }
}
