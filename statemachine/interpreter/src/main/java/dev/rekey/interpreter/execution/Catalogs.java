package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.api.ExecutionArn;
import dev.rekey.interpreter.api.ExecutionItem;
import dev.rekey.interpreter.api.ExecutionStatus;
import dev.rekey.interpreter.api.MapRunArn;
import dev.rekey.interpreter.api.StateMachineArn;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.ports.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Lists of executions by state machine and by Map Run. One line for every change, so that a start reads nothing. */
final class Catalogs {
    private final Store store;
    private final StoreKeys places;

    Catalogs(Store store, StoreKeys places) {
        this.store = store;
        this.places = places;
    }

    synchronized void update(Progress progress) {
        Identity identity = progress.identity();
        String parent = identity.child().map(Identity.Child::mapRunArn).orElse(identity.stateMachineArn());
        store.append(places.catalog(parent), List.of(Json.text(line(item(progress)))));
    }

    /** Newest first. */
    List<ExecutionItem> list(String parentArn) {
        Map<String, ExecutionItem> items = new LinkedHashMap<>();
        for (String line : store.lines(places.catalog(parentArn))) {
            Json.line(line)
                    .map(Catalogs::item)
                    .ifPresent(item -> items.put(item.arn().value(), item));
        }
        return new ArrayList<>(items.values()).reversed();
    }

    static ExecutionItem item(Progress progress) {
        Identity identity = progress.identity();
        return new ExecutionItem(
                new ExecutionArn(identity.arn()),
                new StateMachineArn(identity.stateMachineArn()),
                identity.name(),
                progress.status(),
                progress.started(),
                progress.stopped(),
                identity.child().map(child -> new MapRunArn(child.mapRunArn())),
                identity.child().map(child -> OptionalInt.of(child.items())).orElse(OptionalInt.empty()),
                progress.redriveCount(),
                progress.redriven());
    }

    private static ObjectNode line(ExecutionItem item) {
        ObjectNode line = Json.object()
                .put("arn", item.arn().value())
                .put("machine", item.stateMachineArn().value())
                .put("name", item.name())
                .put("status", item.status().name())
                .put("start", item.startDate().toEpochMilli())
                .put("redrives", item.redriveCount());
        item.stopDate().ifPresent(time -> line.put("stop", time.toEpochMilli()));
        item.mapRunArn().ifPresent(arn -> line.put("mapRun", arn.value()));
        item.itemCount().ifPresent(count -> line.put("items", count));
        item.redriveDate().ifPresent(time -> line.put("redriven", time.toEpochMilli()));
        return line;
    }

    private static ExecutionItem item(ObjectNode line) {
        return new ExecutionItem(
                new ExecutionArn(line.get("arn").textValue()),
                new StateMachineArn(line.get("machine").textValue()),
                line.get("name").textValue(),
                ExecutionStatus.valueOf(line.get("status").textValue()),
                Instant.ofEpochMilli(line.get("start").longValue()),
                time(line.get("stop")),
                Optional.ofNullable(line.get("mapRun")).map(arn -> new MapRunArn(arn.textValue())),
                line.has("items") ? OptionalInt.of(line.get("items").intValue()) : OptionalInt.empty(),
                line.get("redrives").intValue(),
                time(line.get("redriven")));
    }

    private static Optional<Instant> time(JsonNode millis) {
        return Optional.ofNullable(millis).map(value -> Instant.ofEpochMilli(value.longValue()));
    }
}
