package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.rekey.interpreter.json.Json;
import java.util.BitSet;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The branches of a Parallel or the iterations of an inline Map, begun and still to begin. */
final class Branches {
    private final int total;
    private final long maxConcurrency;
    private final Optional<ArrayNode> items;
    private final Map<Integer, Frame> begun = new TreeMap<>();
    private final BitSet noted = new BitSet();
    private int next;

    /** {@code items} are there for a Map; {@code maxConcurrency} 0 is unlimited. */
    Branches(int total, long maxConcurrency, Optional<ArrayNode> items) {
        this.total = total;
        this.maxConcurrency = maxConcurrency;
        this.items = items;
    }

    void begin(Frame branch) {
        begun.put(branch.index(), branch);
        next = Math.max(next, branch.index() + 1);
    }

    Frame branch(int index) {
        return begun.get(index);
    }

    Collection<Frame> begun() {
        return begun.values();
    }

    JsonNode item(int index) {
        return items.orElseThrow().get(index);
    }

    void note(int index) {
        noted.set(index);
    }

    boolean isNoted(int index) {
        return noted.get(index);
    }

    /** The next to begin, where there is one and concurrency allows it. */
    Optional<Integer> next() {
        long working = begun.values().stream().filter(branch -> !branch.isDone()).count();
        boolean free = maxConcurrency == 0 || working < maxConcurrency;
        return next < total && free ? Optional.of(next) : Optional.empty();
    }

    Optional<Frame> broken() {
        return begun.values().stream()
                .filter(branch -> branch.phase() instanceof Phase.Broken)
                .findFirst();
    }

    boolean allDone() {
        return begun.size() == total && begun.values().stream().allMatch(Frame::isDone);
    }

    ArrayNode outputs() {
        ArrayNode outputs = Json.array();
        begun.values().forEach(branch -> outputs.add(branch.input()));
        return outputs;
    }
}
