package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.api.MapRunCounts;
import dev.rekey.interpreter.api.MapRunStatus;
import dev.rekey.interpreter.definition.Json;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The state of a Map Run: the fold of its journal. */
final class MapRunState {
    private final MapRunPlan plan;
    private final List<ChildInput> children;
    private final ChildStatus[] statuses;
    private final String[] names;
    private final Map<ChildStatus, Long> items = new EnumMap<>(ChildStatus.class);
    private final Map<ChildStatus, Long> executions = new EnumMap<>(ChildStatus.class);
    private MapRunStatus status = MapRunStatus.RUNNING;
    private Optional<MapRunStatus> closing = Optional.empty();
    private Optional<MapRunEnd> end = Optional.empty();
    private Optional<Instant> stopped = Optional.empty();
    private Optional<Instant> redriven = Optional.empty();
    private int redriveCount;
    private boolean written;

    private MapRunState(MapRunPlan plan, List<ChildInput> children) {
        this.plan = plan;
        this.children = children;
        this.statuses = new ChildStatus[children.size()];
        this.names = new String[children.size()];
        for (ChildStatus each : ChildStatus.values()) {
            items.put(each, 0L);
            executions.put(each, 0L);
        }
        for (int index = 0; index < statuses.length; index++) {
            statuses[index] = ChildStatus.PENDING;
            count(ChildStatus.PENDING, index, 1);
        }
    }

    /** Where a child stands. */
    enum ChildStatus {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        ABORTED
    }

    static MapRunState of(List<String> lines, List<ChildInput> children) {
        ObjectNode first = (ObjectNode) Json.trusted(lines.getFirst());
        MapRunState state = new MapRunState(MapRunPlan.fromJson((ObjectNode) first.get("plan")), children);
        lines.stream().skip(1).forEach(line -> state.apply((ObjectNode) Json.trusted(line)));
        return state;
    }

    // The lines of the journal.

    static ObjectNode began(int index, String name) {
        return Json.object().put("t", "began").put("i", index).put("n", name);
    }

    static ObjectNode ended(int index, ChildStatus status) {
        return Json.object().put("t", "ended").put("i", index).put("s", status.name());
    }

    static ObjectNode closing(MapRunStatus status) {
        return Json.object().put("t", "closing").put("s", status.name());
    }

    static ObjectNode over(MapRunStatus status, Instant at, Optional<MapRunEnd> end, boolean written) {
        ObjectNode line = Json.object()
                .put("t", "over")
                .put("s", status.name())
                .put("at", at.toEpochMilli())
                .put("written", written);
        end.ifPresent(known -> {
            switch (known) {
                case MapRunEnd.Succeeded(var output) -> line.set("output", output);
                case MapRunEnd.Failed(var failure) -> Tasks.shown(line, failure);
            }
        });
        return line;
    }

    static ObjectNode redriven(Instant at) {
        return Json.object().put("t", "redriven").put("at", at.toEpochMilli());
    }

    void apply(ObjectNode line) {
        String kind = line.get("t").textValue();
        switch (kind) {
            case "began" -> {
                int index = line.get("i").intValue();
                move(index, ChildStatus.RUNNING);
                names[index] = line.get("n").textValue();
            }
            case "ended" ->
                move(line.get("i").intValue(), ChildStatus.valueOf(line.get("s").textValue()));
            case "closing" ->
                closing = Optional.of(MapRunStatus.valueOf(line.get("s").textValue()));
            case "over" -> over(line);
            case "redriven" -> redrive(line);
            default -> throw new IllegalStateException("A Map Run's journal knows no line '" + kind + "'");
        }
    }

    private void over(ObjectNode line) {
        status = MapRunStatus.valueOf(line.get("s").textValue());
        stopped = Optional.of(Instant.ofEpochMilli(line.get("at").longValue()));
        written = line.get("written").booleanValue();
        if (line.has("error")) {
            Optional<String> cause = Optional.ofNullable(line.get("cause")).map(JsonNode::textValue);
            end = Optional.of(
                    new MapRunEnd.Failed(new Phase.Failure(line.get("error").textValue(), cause)));
        } else if (line.has("output")) {
            end = Optional.of(new MapRunEnd.Succeeded(line.get("output")));
        }
    }

    private void redrive(ObjectNode line) {
        status = MapRunStatus.RUNNING;
        closing = Optional.empty();
        end = Optional.empty();
        stopped = Optional.empty();
        redriven = Optional.of(Instant.ofEpochMilli(line.get("at").longValue()));
        redriveCount++;
        for (int index = 0; index < statuses.length; index++) {
            if (statuses[index] != ChildStatus.SUCCEEDED) {
                move(index, ChildStatus.PENDING);
            }
        }
    }

    MapRunPlan plan() {
        return plan;
    }

    int size() {
        return statuses.length;
    }

    ChildInput child(int index) {
        return children.get(index);
    }

    ChildStatus status(int index) {
        return statuses[index];
    }

    /** The name of a child that began at least once. */
    Optional<String> name(int index) {
        return Optional.ofNullable(names[index]);
    }

    MapRunStatus status() {
        return status;
    }

    boolean isOver() {
        return status != MapRunStatus.RUNNING;
    }

    /** How it will end, once that is certain while children are still at work. */
    Optional<MapRunStatus> closing() {
        return closing;
    }

    Optional<MapRunEnd> end() {
        return end;
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

    MapRunCounts itemCounts() {
        return counts(items);
    }

    MapRunCounts executionCounts() {
        return counts(executions);
    }

    /** The items of children that did not succeed. */
    long failedItems() {
        return items.get(ChildStatus.FAILED) + items.get(ChildStatus.TIMED_OUT) + items.get(ChildStatus.ABORTED);
    }

    long totalItems() {
        return items.values().stream().mapToLong(Long::longValue).sum();
    }

    private void move(int index, ChildStatus to) {
        count(statuses[index], index, -1);
        count(to, index, 1);
        statuses[index] = to;
    }

    private void count(ChildStatus where, int index, long sign) {
        items.merge(where, sign * children.get(index).items(), Long::sum);
        executions.merge(where, sign, Long::sum);
    }

    private MapRunCounts counts(Map<ChildStatus, Long> sums) {
        long succeeded = sums.get(ChildStatus.SUCCEEDED);
        return new MapRunCounts(
                sums.get(ChildStatus.PENDING),
                sums.get(ChildStatus.RUNNING),
                succeeded,
                sums.get(ChildStatus.FAILED),
                sums.get(ChildStatus.TIMED_OUT),
                sums.get(ChildStatus.ABORTED),
                sums.values().stream().mapToLong(Long::longValue).sum(),
                written ? succeeded : 0,
                0,
                0);
    }
}
