package dev.rekey.engine.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Strongly connected components of a graph, by Tarjan's algorithm with a stack of its own: a chain of references may be
 * longer than a thread's stack is deep.
 */
final class Components<T> {
    private record Visit<T>(T node, Iterator<T> neighbours) {}

    private final Map<T, Collection<T>> graph;
    private final Map<T, Integer> index = new HashMap<>();
    private final Map<T, Integer> low = new HashMap<>();
    private final Deque<T> path = new ArrayDeque<>();
    private final Set<T> onPath = new HashSet<>();
    private final Deque<Visit<T>> visits = new ArrayDeque<>();
    private final List<Set<T>> components = new ArrayList<>();

    /** @param graph from each node to its neighbours, which are nodes too */
    Components(Map<T, Collection<T>> graph) {
        this.graph = graph;
    }

    /** Each component after those that it has edges to. To be called once. */
    List<Set<T>> inOrder() {
        for (var node : graph.keySet()) {
            if (!index.containsKey(node)) {
                enter(node);
                while (!visits.isEmpty()) {
                    step(visits.peek());
                }
            }
        }
        return components;
    }

    private void enter(T node) {
        low.put(node, index.size());
        index.put(node, index.size());
        path.push(node);
        onPath.add(node);
        visits.push(new Visit<>(node, graph.get(node).iterator()));
    }

    private void step(Visit<T> visit) {
        if (visit.neighbours().hasNext()) {
            var next = visit.neighbours().next();
            if (!index.containsKey(next)) {
                enter(next);
            } else if (onPath.contains(next)) {
                low.merge(visit.node(), index.get(next), Math::min);
            }
            return;
        }
        visits.pop();
        if (!visits.isEmpty()) {
            low.merge(visits.peek().node(), low.get(visit.node()), Math::min);
        }
        if (low.get(visit.node()).equals(index.get(visit.node()))) {
            components.add(component(visit.node()));
        }
    }

    private Set<T> component(T root) {
        var component = new HashSet<T>();
        while (!component.contains(root)) {
            var node = path.pop();
            onPath.remove(node);
            component.add(node);
        }
        return component;
    }
}
