package dev.rekey.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An edge is part of a loop exactly if one can walk from its end back to its start. */
final class LoopsPropertyTest {
    private record Edge(int from, int to) {}

    @Test
    void loopsAreThoseThatAWalkFinds() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            int nodes = 1 + random.nextInt(12);
            var edges = IntStream.range(0, random.nextInt(20))
                    .mapToObj(_ -> new Edge(random.nextInt(nodes), random.nextInt(nodes)))
                    .toList();
            var loops = new Loops<Integer>();
            edges.forEach(edge -> loops.edge(edge.from(), edge.to()));
            var found = loops.find();
            for (var edge : edges) {
                int size = reached(edges, edge.to()).contains(edge.from()) ? loop(edges, edge.from()) : 0;
                assertThat(found.sizeOf(edge.from(), edge.to()))
                        .as("seed %d, %s of %s", seed, edge, edges)
                        .isEqualTo(size);
            }
            assertThat(found.isEmpty())
                    .isEqualTo(edges.stream().allMatch(edge -> found.sizeOf(edge.from(), edge.to()) == 0));
        }
    }

    @Test
    void aLongChainNeedsNoDeepStack() {
        var loops = new Loops<Integer>();
        IntStream.range(0, 200_000).forEach(i -> loops.edge(i, i + 1));
        assertThat(loops.find().isEmpty()).isTrue();
        loops.edge(200_000, 0);
        assertThat(loops.find().sizeOf(5, 6)).isEqualTo(200_001);
    }

    /** All nodes from which {@code node} is reached and which it reaches. */
    private static int loop(List<Edge> edges, int node) {
        return (int) reached(edges, node).stream()
                .filter(other -> reached(edges, other).contains(node))
                .count();
    }

    private static Set<Integer> reached(List<Edge> edges, int start) {
        var reached = new TreeSet<>(List.of(start));
        var open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            int node = open.remove();
            edges.stream()
                    .filter(edge -> edge.from() == node && reached.add(edge.to()))
                    .forEach(edge -> open.add(edge.to()));
        }
        return reached;
    }
}
