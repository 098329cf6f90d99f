package dev.rekey.engine.run;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the loops of a directed graph: its strongly connected components with more than one node, and nodes with an
 * edge to themselves (Tarjan's algorithm, without recursion: a chain may be longer than a thread's stack is deep). Linear
 * in nodes and edges.
 */
public final class Loops<N> {
    private final Map<N, Integer> indexes = new HashMap<>();
    private int[] from = new int[16];
    private int[] to = new int[16];
    private int edges;

    /** A node that may have no edge. */
    void node(N node) {
        index(node);
    }

    public void edge(N child, N parent) {
        if (edges == from.length) {
            from = Arrays.copyOf(from, edges + edges / 2);
            to = Arrays.copyOf(to, edges + edges / 2);
        }
        from[edges] = index(child);
        to[edges] = index(parent);
        edges++;
    }

    private int index(N node) {
        return indexes.computeIfAbsent(node, added -> indexes.size());
    }

    /** The loops of all edges so far. */
    public Components<N> find() {
        var search = new Search(indexes.size(), from, to, edges);
        return new Components<>(indexes, search.components(), search.sizes(), search.anyLoop());
    }

    /** @param sizes nodes in each component */
    public record Components<N>(Map<N, Integer> indexes, int[] components, int[] sizes, boolean anyLoop) {
        /** The nodes of each, which comes after those that it has edges to. */
        Collection<Set<N>> inOrder() {
            var inOrder = new TreeMap<Integer, Set<N>>();
            indexes.forEach((node, index) -> inOrder.computeIfAbsent(components[index], _ -> new HashSet<>())
                    .add(node));
            return inOrder.values();
        }

        public boolean isEmpty() {
            return !anyLoop;
        }

        /** How many nodes are in the loop that the edge is part of; 0 if it is part of none. */
        public int sizeOf(N child, N parent) {
            int start = components[indexes.get(child)];
            int end = components[indexes.get(parent)];
            return start == end && (sizes[start] > 1 || child.equals(parent)) ? sizes[start] : 0;
        }
    }

    private static final class Search {
        private static final int UNSEEN = -1;

        /** Where the edges of a node begin in {@link #targets}. */
        private final int[] begin;

        private final int[] targets;
        /** The edge that is followed next. */
        private final int[] next;

        private final int[] order;
        private final int[] low;
        private final int[] component;
        private final int[] size;
        /** Nodes that have no component yet, and the path to the present node: each is in both at most once. */
        private final int[] open;

        private final int[] path;
        private int openCount;
        private int pathLength;
        private int seen;
        private int found;
        private boolean loop;

        Search(int nodes, int[] from, int[] to, int edges) {
            begin = new int[nodes + 1];
            targets = new int[edges];
            for (int i = 0; i < edges; i++) {
                begin[from[i] + 1]++;
                loop |= from[i] == to[i];
            }
            for (int i = 0; i < nodes; i++) {
                begin[i + 1] += begin[i];
            }
            next = Arrays.copyOf(begin, nodes);
            for (int i = 0; i < edges; i++) {
                targets[next[from[i]]++] = to[i];
            }
            System.arraycopy(begin, 0, next, 0, nodes);
            order = filled(nodes);
            low = new int[nodes];
            component = filled(nodes);
            size = new int[nodes];
            open = new int[nodes];
            path = new int[nodes];
            for (int node = 0; node < nodes; node++) {
                if (order[node] == UNSEEN) {
                    from(node);
                }
            }
        }

        private static int[] filled(int nodes) {
            var unseen = new int[nodes];
            Arrays.fill(unseen, UNSEEN);
            return unseen;
        }

        int[] components() {
            return component;
        }

        int[] sizes() {
            return size;
        }

        boolean anyLoop() {
            return loop;
        }

        private void from(int root) {
            enter(root);
            while (pathLength > 0) {
                int node = path[pathLength - 1];
                if (next[node] < begin[node + 1]) {
                    int target = targets[next[node]++];
                    if (order[target] == UNSEEN) {
                        enter(target);
                    } else if (component[target] == UNSEEN) {
                        low[node] = Math.min(low[node], order[target]);
                    }
                } else {
                    leave(node);
                }
            }
        }

        private void enter(int node) {
            order[node] = seen;
            low[node] = seen;
            seen++;
            open[openCount++] = node;
            path[pathLength++] = node;
        }

        private void leave(int node) {
            pathLength--;
            if (pathLength > 0) {
                int before = path[pathLength - 1];
                low[before] = Math.min(low[before], low[node]);
            }
            if (low[node] == order[node]) {
                int last;
                do {
                    last = open[--openCount];
                    component[last] = found;
                    size[found]++;
                } while (last != node);
                loop |= size[found] > 1;
                found++;
            }
        }
    }
}
