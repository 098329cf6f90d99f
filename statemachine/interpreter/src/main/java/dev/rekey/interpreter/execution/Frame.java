package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.definition.State;
import dev.rekey.interpreter.definition.States;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A place where states run one after the other: the execution itself, a branch, an iteration. Changed by entries only. */
final class Frame {
    private final String path;
    private final int index;
    private final Optional<Frame> parent;
    private final States states;
    private final Optional<ObjectNode> mapItem;
    private final Map<String, JsonNode> variables = new HashMap<>();
    private final Map<Integer, Long> retries = new HashMap<>();
    private JsonNode input;
    private Optional<String> state = Optional.empty();
    private Instant entered = Instant.EPOCH;
    private Phase phase;
    private Optional<Branches> branches = Optional.empty();
    private Optional<String> mapRun = Optional.empty();
    private long lastEvent;

    /** The frame of a whole execution. */
    Frame(States states, JsonNode input) {
        this("", 0, Optional.empty(), states, Optional.empty(), input);
    }

    /** A branch of another frame; {@code mapItem} is what an iteration of a Map works on. */
    Frame(Frame parent, int index, States states, Optional<ObjectNode> mapItem, JsonNode input) {
        this(parent.path + "/" + index, index, Optional.of(parent), states, mapItem, input);
        this.lastEvent = parent.lastEvent;
    }

    private Frame(
            String path,
            int index,
            Optional<Frame> parent,
            States states,
            Optional<ObjectNode> mapItem,
            JsonNode input) {
        this.path = path;
        this.index = index;
        this.parent = parent;
        this.states = states;
        this.mapItem = mapItem;
        this.input = input;
        this.phase = new Phase.Ready(Optional.of(states.startAt()));
    }

    String path() {
        return path;
    }

    int index() {
        return index;
    }

    Optional<Frame> parent() {
        return parent;
    }

    Phase phase() {
        return phase;
    }

    void phase(Phase now) {
        phase = now;
    }

    /** The input of the state it is in; between states that of the next one, at the end the frame's output. */
    JsonNode input() {
        return input;
    }

    Instant entered() {
        return entered;
    }

    Optional<String> stateName() {
        return state;
    }

    State state() {
        return states.state(state.orElseThrow());
    }

    State stateNamed(String name) {
        return states.state(name);
    }

    Optional<Branches> branches() {
        return branches;
    }

    Optional<String> mapRun() {
        return mapRun;
    }

    long lastEvent() {
        return lastEvent;
    }

    void lastEvent(long id) {
        lastEvent = id;
    }

    boolean isDone() {
        return phase instanceof Phase.Ready(var next) && next.isEmpty();
    }

    /** Whether all frames around it still wait for their branches: a failed Parallel or Map has given its own up. */
    boolean isLive() {
        return parent.isEmpty()
                || (parent.get().phase instanceof Phase.Spread && parent.get().isLive());
    }

    /** The item of the innermost Map around it. */
    Optional<ObjectNode> mapItem() {
        return mapItem.or(() -> parent.flatMap(Frame::mapItem));
    }

    /** The value of a variable of this scope or one around it; null where it is unset. */
    JsonNode variable(String name) {
        JsonNode value = variables.get(name);
        return value != null || parent.isEmpty() ? value : parent.get().variable(name);
    }

    Map<String, JsonNode> variables() {
        return variables;
    }

    long retries(int retrier) {
        return retries.getOrDefault(retrier, 0L);
    }

    long retryCount() {
        return retries.values().stream().mapToLong(Long::longValue).sum();
    }

    Frame find(String wanted) {
        if (wanted.equals(path)) {
            return this;
        }
        int end = wanted.indexOf('/', path.length() + 1);
        String child = wanted.substring(path.length() + 1, end < 0 ? wanted.length() : end);
        return branches.map(all -> all.branch(Integer.parseInt(child)))
                .map(branch -> branch.find(wanted))
                .orElse(null);
    }

    void enter(String name, JsonNode given, Instant at) {
        state = Optional.of(name);
        input = given;
        entered = at;
        retries.clear();
        forgetWork();
        phase = new Phase.Entered();
    }

    void leave(Map<String, JsonNode> assigned, JsonNode output, Optional<String> next) {
        variables.putAll(assigned);
        input = output;
        state = Optional.empty();
        forgetWork();
        phase = new Phase.Ready(next);
    }

    void retry(int retrier, Instant until) {
        retries.merge(retrier, 1L, Long::sum);
        forgetWork();
        phase = new Phase.Backoff(until);
    }

    private void forgetWork() {
        branches = Optional.empty();
        mapRun = Optional.empty();
    }

    void spread(Branches all) {
        branches = Optional.of(all);
        phase = new Phase.Spread();
    }

    void map(String mapRunArn) {
        mapRun = Optional.of(mapRunArn);
        phase = new Phase.Mapping(mapRunArn);
    }

    /** Takes up the work where it stopped: what is done stays done. */
    void revive() {
        if (phase instanceof Phase.Ready) {
            return;
        }
        retries.clear();
        if (branches.isPresent()) {
            branches.get().begun().forEach(Frame::revive);
            phase = new Phase.Spread();
        } else {
            phase = mapRun.<Phase>map(Phase.Mapping::new).orElseGet(Phase.Entered::new);
        }
    }

    /** What {@code $states.context.Map} shows of an item. */
    static ObjectNode item(int index, JsonNode value, Optional<String> key) {
        ObjectNode item = Json.object();
        item.put("Index", index);
        key.ifPresent(name -> item.put("Key", name));
        item.set("Value", value);
        return item;
    }
}
