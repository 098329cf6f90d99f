package dev.rekey.local.stepfunctions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.api.ListResult;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Builds the objects of an answer, leaving out what is absent, as the service does. */
final class Json {
    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    Json text(String name, String value) {
        node.put(name, value);
        return this;
    }

    Json text(String name, Optional<String> value) {
        return ifThere(name, value, this::text);
    }

    Json number(String name, long value) {
        node.put(name, value);
        return this;
    }

    Json flag(String name, boolean value) {
        node.put(name, value);
        return this;
    }

    Json decimal(String name, double value) {
        node.put(name, value);
        return this;
    }

    /** Seconds since 1970 with three decimals, as the protocol has it. */
    Json time(String name, Instant value) {
        node.put(name, BigDecimal.valueOf(value.toEpochMilli(), 3));
        return this;
    }

    Json time(String name, Optional<Instant> value) {
        return ifThere(name, value, this::time);
    }

    Json object(String name, ObjectNode value) {
        node.set(name, value);
        return this;
    }

    <T> Json page(String name, ListResult<T> page, Function<T, ObjectNode> item) {
        ArrayNode array = node.putArray(name);
        page.items().stream().map(item).forEach(array::add);
        return text("nextToken", page.nextToken());
    }

    ObjectNode build() {
        return node;
    }

    private <T> Json ifThere(String name, Optional<T> value, BiConsumer<String, T> put) {
        value.ifPresent(there -> put.accept(name, there));
        return this;
    }
}
