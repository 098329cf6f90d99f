package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.definition.Json;
import java.util.BitSet;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The branches of a Parallel or the iterations of an inline Map, begun and still to begin. */
final class Branches {
    private final int total;
    private final long maxConcurrency;
    private final ObjectNode given;
    private final Map<Integer, Frame> begun = new TreeMap<>();
    private final BitSet noted = new BitSet();
    private int next;

    /** Of what an entry {@link Change#SPREAD} says; a concurrency of 0 is unlimited. */
    Branches(ObjectNode given) {
        this.given = given;
        this.total = given.get("total").intValue();
        this.maxConcurrency = given.get("concurrency").longValue();
    }

    void begin(Frame branch) {
        begun.put(branch.index(), branch);
        next = Math.max(next, branch.index() + 1);
    }

    /** The branch that began last. */
    Frame latest() {
        return begun.get(next - 1);
    }

    Frame branch(int index) {
        return begun.get(index);
    }

    Collection<Frame> begun() {
        return begun.values();
    }

    JsonNode item(int index) {
        return given.get("items").get(index);
    }

    /** The name of a Map's item where the items came as an object. */
    Optional<String> key(int index) {
        return Optional.ofNullable(given.get("keys"))
                .map(keys -> keys.get(index).textValue());
    }

    /** What every branch of a Parallel works on. */
    JsonNode arguments() {
        return given.get("arguments");
    }

    void note(int index) {
        noted.set(index);
    }

    boolean isNoted(int index) {
        return noted.get(index);
    }

    /** The next to begin, where there is one and concurrency allows it. */
    Optional<Integer> next() {
        long working =
                begun.values().stream().filter(branch -> !branch.isDone()).count();
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
