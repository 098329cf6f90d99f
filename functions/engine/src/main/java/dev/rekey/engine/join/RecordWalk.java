package dev.rekey.engine.join;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rekey.core.plan.ReferencePath.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Goes through a record and shows every value that may be an id, with the place where it stands.
 *
 * @param <P> a place in the records of a table
 */
public final class RecordWalk<P> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Visitor<P> visitor;

    public RecordWalk(Visitor<P> places) {
        this.visitor = places;
    }

    /** What becomes of the values. */
    public interface Visitor<P> {
        /** The place that {@code step} leads to; empty if it is not needed. */
        Optional<P> at(P place, Step step);

        /** @return whether {@code value} may be an id */
        boolean see(P place, Value value);
    }

    /** Shows every value in {@code map}, which stands at {@code node}. */
    public void fields(P node, Map<String, AttributeValue> map) {
        map.forEach((name, value) -> visitor.at(node, new Step.Field(name)).ifPresent(below -> value(below, value)));
    }

    private void value(P node, AttributeValue value) {
        switch (value.type()) {
            case S -> string(node, value.s());
            case N -> scalar(node, new Value.Numeral(value.n()));
            case B -> scalar(node, new Value.Binary(value.b()));
            case SS -> value.ss().forEach(text -> element(node, new Value.Text(text)));
            case NS -> value.ns().forEach(number -> element(node, new Value.Numeral(number)));
            case BS -> value.bs().forEach(bytes -> element(node, new Value.Binary(bytes)));
            case L -> elements(node).ifPresent(below -> value.l().forEach(element -> value(below, element)));
            case M -> map(node, value.m());
            case BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> {
                // No identity.
            }
        }
    }

    private void map(P node, Map<String, AttributeValue> map) {
        map.forEach((name, value) -> {
            if (!key(node, name)) {
                visitor.at(node, new Step.Field(name)).ifPresent(below -> value(below, value));
            }
        });
    }

    /** @return whether the name is an id itself: then no path leads to the value beside it */
    private boolean key(P node, String name) {
        var text = new Value.Text(name);
        var isId = !name.isEmpty()
                && visitor.at(node, new Step.MapKeys())
                        .map(below -> visitor.see(below, text))
                        .orElse(false);
        return isId && text.isTelling();
    }

    private void string(P node, String text) {
        var json = text.startsWith("{") || text.startsWith("[") ? parsed(text) : Optional.<JsonNode>empty();
        if (json.isPresent()) {
            visitor.at(node, new Step.Json()).ifPresent(below -> json(below, json.get()));
        } else {
            scalar(node, new Value.Text(text));
        }
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    private void json(P node, JsonNode json) {
        if (json.isObject()) {
            json.properties().forEach(member -> {
                if (!key(node, member.getKey())) {
                    visitor.at(node, new Step.Field(member.getKey()))
                            .ifPresent(below -> json(below, member.getValue()));
                }
            });
        } else if (json.isArray()) {
            elements(node).ifPresent(below -> json.forEach(element -> json(below, element)));
        } else if (json.isTextual()) {
            scalar(node, new Value.Text(json.textValue()));
        } else if (json.isNumber()) {
            scalar(node, new Value.Numeral(json.asText()));
        }
    }

    private Optional<P> elements(P node) {
        return visitor.at(node, new Step.Elements());
    }

    private void element(P node, Value value) {
        elements(node).ifPresent(below -> scalar(below, value));
    }

    private void scalar(P node, Value value) {
        if (!value.equals(new Value.Text(""))) {
            var _ = visitor.see(node, value);
        }
    }

    /** A path as a plan writes it. */
    public static String text(List<Step> steps) {
        var text = new StringBuilder();
        for (var step : steps) {
            switch (step) {
                case Step.Field(var name) ->
                    text.append(text.isEmpty() ? "" : ".").append(written(name));
                case Step.Elements() -> text.append("[]");
                case Step.MapKeys() -> text.append("{}");
                case Step.Json() -> text.append("|json");
            }
        }
        // A field right after |json is written with a dot as well.
        return text.toString();
    }

    private static String written(String name) {
        var plain = !name.isEmpty() && name.chars().noneMatch(c -> ".[]{}|\" \t\n\r".indexOf(c) >= 0);
        return plain ? name : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
