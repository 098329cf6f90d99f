package dev.rekey.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares levels with what reachability says of them, on small random graphs. */
class LevelsPropertyTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void levelsFollowFromReachability(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            check(graph(random), seed);
        }
    }

    private static void check(Map<String, Set<String>> graph, long seed) {
        var level = levels(graph);
        var reach = reachability(graph);
        assertThat(level).as("seed %d, graph %s", seed, graph).containsOnlyKeys(graph.keySet());
        for (var from : graph.keySet()) {
            var lowest = 0;
            for (var to : reach.get(from)) {
                var together = reach.get(to).contains(from);
                if (together) {
                    assertThat(level.get(to))
                            .as("seed %d, graph %s", seed, graph)
                            .isEqualTo(level.get(from));
                } else {
                    lowest = Math.max(lowest, level.get(to) + 1);
                }
            }
            assertThat(level.get(from))
                    .as("seed %d, %s in %s", seed, from, graph)
                    .isEqualTo(lowest);
        }
    }

    private static Map<String, Integer> levels(Map<String, Set<String>> graph) {
        var level = new HashMap<String, Integer>();
        var levels = Levels.of(Graphs.plan(graph));
        for (int i = 0; i < levels.size(); i++) {
            for (var table : levels.get(i)) {
                level.put(table.value(), i);
            }
        }
        return level;
    }

    private static Map<String, Set<String>> reachability(Map<String, Set<String>> graph) {
        var reach = new HashMap<String, Set<String>>();
        graph.forEach((from, to) -> reach.put(from, new HashSet<>(to)));
        for (var middle : graph.keySet()) {
            for (var from : graph.keySet()) {
                if (reach.get(from).contains(middle)) {
                    reach.get(from).addAll(Set.copyOf(reach.get(middle)));
                }
            }
        }
        return reach;
    }

    private static Map<String, Set<String>> graph(Random random) {
        var graph = new TreeMap<String, Set<String>>();
        var size = 1 + random.nextInt(8);
        for (int i = 0; i < size; i++) {
            graph.put("t" + i, new TreeSet<>());
        }
        for (int edges = random.nextInt(2 * size); edges > 0; edges--) {
            graph.get("t" + random.nextInt(size)).add("t" + random.nextInt(size));
        }
        return graph;
    }
}
