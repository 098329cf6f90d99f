package dev.rekey.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Follows a plan's path through a record, for the forms of path that the examples have. */
final class ReferencedIds {
    private static final JsonMapper JSON = new JsonMapper();

    private ReferencedIds() {}

    /** The ids at {@code path}; null, empty and missing ones are none. */
    static Stream<String> at(String path, Map<String, AttributeValue> item) {
        var json = path.indexOf("|json.");
        if (json >= 0) {
            return inJson(item.get(path.substring(0, json)).s(), path.substring(json + "|json.".length()));
        }
        var steps = path.split("(?=\\[\\])|(?=\\{\\})|\\.", -1);
        var values = Stream.of(AttributeValue.fromM(item));
        for (var step : steps) {
            values = step.isEmpty() ? values : values.flatMap(value -> step(step, value));
        }
        return values.map(value -> value.s() == null ? value.n() : value.s()).filter(id -> id != null && !id.isEmpty());
    }

    private static Stream<AttributeValue> step(String step, AttributeValue value) {
        return switch (step) {
            case "[]" -> Stream.concat(value.l().stream(), value.ss().stream().map(AttributeValue::fromS));
            case "{}" -> value.m().keySet().stream().map(AttributeValue::fromS);
            default -> Stream.ofNullable(value.m().get(step));
        };
    }

    private static Stream<String> inJson(String text, String field) {
        try {
            return Stream.of(JSON.readTree(text).get(field).asText());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
