package dev.rekey.engine.draft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rekey.engine.plan.ReferencePath.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Goes through a record and counts every value at its path. */
final class RecordWalk {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final KeySets sets;
    private final OwnKeys record;

    RecordWalk(KeySets sets, OwnKeys record) {
        this.sets = sets;
        this.record = record;
    }

    void fields(PathNode node, Map<String, AttributeValue> map) {
        map.forEach((name, value) -> node.at(new Step.Field(name)).ifPresent(below -> value(below, value)));
    }

    private void value(PathNode node, AttributeValue value) {
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

    private void map(PathNode node, Map<String, AttributeValue> map) {
        map.forEach((name, value) -> {
            if (!key(node, name)) {
                node.at(new Step.Field(name)).ifPresent(below -> value(below, value));
            }
        });
    }

    /** @return whether the name is an id itself: then no path leads to the value beside it */
    private boolean key(PathNode node, String name) {
        var text = new Value.Text(name);
        var isId = !name.isEmpty()
                && node.at(new Step.MapKeys())
                        .map(below -> below.tally().add(text, sets, record))
                        .orElse(false);
        return isId && text.isTelling();
    }

    private void string(PathNode node, String text) {
        var json = text.startsWith("{") || text.startsWith("[") ? parsed(text) : Optional.<JsonNode>empty();
        if (json.isPresent()) {
            node.at(new Step.Json()).ifPresent(below -> json(below, json.get()));
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

    private void json(PathNode node, JsonNode json) {
        if (json.isObject()) {
            json.properties().forEach(member -> {
                if (!key(node, member.getKey())) {
                    node.at(new Step.Field(member.getKey())).ifPresent(below -> json(below, member.getValue()));
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

    private static Optional<PathNode> elements(PathNode node) {
        return node.at(new Step.Elements());
    }

    private void element(PathNode node, Value value) {
        elements(node).ifPresent(below -> scalar(below, value));
    }

    private void scalar(PathNode node, Value value) {
        if (!value.equals(new Value.Text(""))) {
            node.tally().add(value, sets, record);
        }
    }

    /** A path as a plan writes it. */
    static String text(List<Step> steps) {
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
