package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.api.HistoryEvent;
import dev.rekey.interpreter.definition.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of an execution's journal: a change, and the event of the history that shows it, if one does. Lines with an
 * event begin with its id, so that paging through a history parses only what it returns.
 */
final class Entry {
    private static final String EVENT_LINE = "{\"id\":";

    private final Change change;
    private final String frame;
    private final ObjectNode inner;
    private final Map<String, JsonNode> payloads = new HashMap<>();
    private Instant at = Instant.EPOCH;
    private long id;
    private long previous;
    private Optional<String> type = Optional.empty();
    private Optional<HistoryEvent.Details> details = Optional.empty();

    private Entry(Change change, String frame, ObjectNode inner) {
        this.change = change;
        this.frame = frame;
        this.inner = inner;
    }

    static Entry of(Change change, String frame) {
        return new Entry(change, frame, Json.object());
    }

    /** Shows the change as an event without details. */
    Entry event(String type) {
        this.type = Optional.of(type);
        return this;
    }

    /** Shows the change as an event. */
    Entry event(String type, String member, ObjectNode value) {
        this.details = Optional.of(new HistoryEvent.Details(member, value));
        return event(type);
    }

    /** Adds a payload to the event's details: JSON in a string, as the service has it. */
    Entry payload(String name, JsonNode value, String text) {
        ObjectNode target = details.orElseThrow().value();
        target.put(name, text);
        target.putObject(name + "Details").put("truncated", false);
        payloads.put(name, value);
        return this;
    }

    /** Adds what the history does not show. */
    Entry with(String name, JsonNode value) {
        inner.set(name, value);
        return this;
    }

    Entry with(String name, String value) {
        inner.put(name, value);
        return this;
    }

    Entry with(String name, long value) {
        inner.put(name, value);
        return this;
    }

    void stamp(Instant time, long eventId, long previousEventId) {
        at = time;
        id = eventId;
        previous = previousEventId;
    }

    Change change() {
        return change;
    }

    String frame() {
        return frame;
    }

    Instant at() {
        return at;
    }

    long id() {
        return id;
    }

    boolean hasEvent() {
        return type.isPresent();
    }

    ObjectNode inner() {
        return inner;
    }

    ObjectNode details() {
        return details.map(HistoryEvent.Details::value).orElseGet(Json::object);
    }

    /** A payload of the event's details as a tree. */
    JsonNode payload(String name) {
        return payloads.computeIfAbsent(
                name, asked -> Json.trusted(details().path(asked).asText("null")));
    }

    HistoryEvent toEvent() {
        return new HistoryEvent(id, previous, at, type.orElseThrow(), details);
    }

    String toLine() {
        ObjectNode line = Json.object();
        type.ifPresent(name -> line.put("id", id).put("p", previous).put("t", name));
        details.ifPresent(shown -> {
            line.put("m", shown.member());
            line.set("d", shown.value());
        });
        line.put("c", change.name()).put("f", frame).put("at", at.toEpochMilli());
        if (!inner.isEmpty()) {
            line.set("x", inner);
        }
        return Json.text(line);
    }

    static boolean showsEvent(String line) {
        return line.startsWith(EVENT_LINE);
    }

    static Entry fromLine(String text) {
        ObjectNode line = (ObjectNode) Json.trusted(text);
        ObjectNode inner = line.get("x") instanceof ObjectNode given ? given : Json.object();
        Entry entry = new Entry(
                Change.valueOf(line.get("c").textValue()), line.get("f").textValue(), inner);
        if (line.has("t")) {
            entry.event(line.get("t").textValue());
        }
        if (line.has("m")) {
            entry.details =
                    Optional.of(new HistoryEvent.Details(line.get("m").textValue(), (ObjectNode) line.get("d")));
        }
        entry.stamp(
                Instant.ofEpochMilli(line.get("at").longValue()),
                line.path("id").longValue(),
                line.path("p").longValue());
        return entry;
    }
}
