package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.api.ExecutionStatus;
import dev.rekey.interpreter.definition.State;
import dev.rekey.interpreter.definition.States;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The state of an execution: the fold of its journal. */
final class Progress {
    private final Identity identity;
    private final JsonNode input;
    private final Instant started;
    private final Frame root;
    private final List<String> mapRuns = new ArrayList<>();
    private ExecutionStatus status = ExecutionStatus.RUNNING;
    private Optional<Instant> stopped = Optional.empty();
    private Optional<Instant> redriven = Optional.empty();
    private Optional<JsonNode> output = Optional.empty();
    private Optional<String> error = Optional.empty();
    private Optional<String> cause = Optional.empty();
    private int redriveCount;
    private long events;

    /** Begins with the entry {@link Change#START}. */
    Progress(Entry start, States states) {
        this.identity = identity(start);
        this.input = start.payload("input");
        this.started = start.at();
        this.root = new Frame(states, input);
        shown(start);
    }

    /** Folds a journal; {@code definitions} gives the states that an execution runs. */
    static Progress of(List<String> lines, Function<Identity, States> definitions) {
        Entry start = Entry.fromLine(lines.getFirst());
        Progress progress = new Progress(start, definitions.apply(identity(start)));
        lines.stream().skip(1).map(Entry::fromLine).forEach(progress::apply);
        return progress;
    }

    private static Identity identity(Entry start) {
        return Identity.fromJson((ObjectNode) start.inner().get("identity"));
    }

    void apply(Entry entry) {
        Frame frame = root.find(entry.frame());
        switch (entry.change()) {
            case START -> throw new IllegalStateException("An execution starts once");
            case ENTER -> frame.enter(entry.details().get("name").textValue(), entry.payload("input"), entry.at());
            case SCHEDULE -> frame.phase(new Phase.Scheduled(attempt(entry)));
            case SUBMIT -> frame.phase(new Phase.Submitted(attemptOf(frame)));
            case HEARTBEAT -> heartbeat(frame, entry.at());
            case RESULT -> frame.phase(new Phase.Finished(result(entry)));
            case ERROR -> frame.phase(new Phase.Erred(failure(entry)));
            case BREAK -> frame.phase(new Phase.Broken(failure(entry)));
            case RETRY -> frame.retry(entry.inner().get("retrier").intValue(), until(entry));
            case WAIT -> frame.phase(new Phase.Waiting(until(entry)));
            case SPREAD -> frame.spread(new Branches(entry.inner()));
            case BRANCH -> branch(frame, entry.inner());
            case BRANCH_DONE ->
                frame.branches().orElseThrow().note(entry.inner().get("index").intValue());
            case MAP_RUN -> mapRun(frame, entry.inner().get("mapRunArn").textValue());
            case LEAVE -> leave(frame, entry);
            case NOTE -> {}
            case END -> end(entry);
            case REDRIVE -> redrive(entry.at());
        }
        shown(entry);
    }

    private void shown(Entry entry) {
        if (entry.hasEvent()) {
            events = entry.id();
            Frame frame = root.find(entry.frame());
            if (frame != null) {
                frame.lastEvent(events);
                if (entry.change() == Change.BRANCH) {
                    frame.branches().orElseThrow().latest().lastEvent(events);
                }
            }
        }
    }

    private static Phase.Attempt attempt(Entry entry) {
        ObjectNode inner = entry.inner();
        return new Phase.Attempt(
                entry.id(),
                inner.path("callback").booleanValue(),
                inner.has("deadline")
                        ? Optional.of(Instant.ofEpochMilli(inner.get("deadline").longValue()))
                        : Optional.empty(),
                inner.path("heartbeat").longValue(),
                entry.at());
    }

    private static Phase.Attempt attemptOf(Frame frame) {
        return ((Phase.Scheduled) frame.phase()).attempt();
    }

    private static void heartbeat(Frame frame, Instant at) {
        if (frame.phase() instanceof Phase.Submitted(var attempt)) {
            frame.phase(new Phase.Submitted(attempt.heardOf(at)));
        } else if (frame.phase() instanceof Phase.Scheduled(var attempt)) {
            frame.phase(new Phase.Scheduled(attempt.heardOf(at)));
        }
    }

    private static JsonNode result(Entry entry) {
        return entry.inner().has("result") ? entry.inner().get("result") : entry.payload("output");
    }

    static Phase.Failure failure(Entry entry) {
        return new Phase.Failure(
                entry.inner().get("error").textValue(),
                Optional.ofNullable(entry.inner().get("cause")).map(JsonNode::textValue));
    }

    private static Instant until(Entry entry) {
        return Instant.ofEpochMilli(entry.inner().get("until").longValue());
    }

    private static void branch(Frame frame, ObjectNode inner) {
        int index = inner.get("index").intValue();
        Branches all = frame.branches().orElseThrow();
        boolean parallel = frame.state() instanceof State.Parallel;
        States states = frame.state().inner().get(parallel ? index : 0);
        Optional<ObjectNode> item =
                parallel ? Optional.empty() : Optional.of(Frame.item(index, all.item(index), all.key(index)));
        all.begin(new Frame(frame, index, states, item, inner.get("input")));
    }

    private void mapRun(Frame frame, String arn) {
        frame.map(arn);
        mapRuns.add(arn);
    }

    private static void leave(Frame frame, Entry entry) {
        Map<String, JsonNode> assigned = new HashMap<>();
        if (entry.inner().get("assign") instanceof ObjectNode values) {
            values.properties().forEach(value -> assigned.put(value.getKey(), value.getValue()));
        }
        Optional<String> next = Optional.ofNullable(entry.inner().get("next")).map(JsonNode::textValue);
        frame.leave(assigned, entry.payload("output"), next);
    }

    private void end(Entry entry) {
        status = ExecutionStatus.valueOf(entry.inner().get("status").textValue());
        stopped = Optional.of(entry.at());
        if (status == ExecutionStatus.SUCCEEDED) {
            output = Optional.of(entry.payload("output"));
        }
        error = Optional.ofNullable(entry.details().get("error")).map(JsonNode::textValue);
        cause = Optional.ofNullable(entry.details().get("cause")).map(JsonNode::textValue);
    }

    private void redrive(Instant at) {
        status = ExecutionStatus.RUNNING;
        stopped = Optional.empty();
        error = Optional.empty();
        cause = Optional.empty();
        redriven = Optional.of(at);
        redriveCount++;
        root.revive();
    }

    Identity identity() {
        return identity;
    }

    JsonNode input() {
        return input;
    }

    Instant started() {
        return started;
    }

    Frame root() {
        return root;
    }

    List<String> mapRuns() {
        return List.copyOf(mapRuns);
    }

    boolean isRunning() {
        return status == ExecutionStatus.RUNNING;
    }

    ExecutionStatus status() {
        return status;
    }

    Optional<Instant> stopped() {
        return stopped;
    }

    Optional<Instant> redriven() {
        return redriven;
    }

    int redriveCount() {
        return redriveCount;
    }

    Optional<JsonNode> output() {
        return output;
    }

    Optional<String> error() {
        return error;
    }

    Optional<String> cause() {
        return cause;
    }

    /** How many events the history holds. */
    long events() {
        return events;
    }
}
