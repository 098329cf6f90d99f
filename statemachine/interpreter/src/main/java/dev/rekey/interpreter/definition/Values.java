package dev.rekey.interpreter.definition;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Between JSON trees and the values of the JSONata library, which marks null and knows undefined as Java's null. */
final class Values {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final double LARGEST_EXACT = 9_007_199_254_740_992.0;

    private Values() {}

    static Object toJsonata(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> new LazyObject((ObjectNode) node);
            case ARRAY -> {
                List<Object> list = new ArrayList<>(node.size());
                node.forEach(element -> list.add(toJsonata(element)));
                yield list;
            }
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.isInt() || node.isLong() ? node.numberValue() : (Object) node.doubleValue();
            case NULL, MISSING, BINARY, POJO -> Jsonata.NULL_VALUE;
        };
    }

    /** Fails for functions and other values that JSON has no form for. */
    static JsonNode fromJsonata(Object value) throws EvaluationException {
        return switch (value) {
            case null -> NODES.nullNode();
            case String text -> NODES.textNode(text);
            case Boolean truth -> NODES.booleanNode(truth);
            case Integer number -> NODES.numberNode(number.intValue());
            case Long number -> NODES.numberNode(number.longValue());
            case Number number -> number(number.doubleValue());
            case Map<?, ?> map -> object(map);
            case List<?> list -> array(list);
            default -> {
                if (value == Jsonata.NULL_VALUE) {
                    yield NODES.nullNode();
                }
                throw new EvaluationException("the result is a function or another value that JSON cannot hold");
            }
        };
    }

    private static JsonNode number(double number) throws EvaluationException {
        if (!Double.isFinite(number)) {
            throw new EvaluationException("the result is not a finite number");
        }
        return number == Math.rint(number) && Math.abs(number) < LARGEST_EXACT
                ? NODES.numberNode((long) number)
                : NODES.numberNode(number);
    }

    private static ObjectNode object(Map<?, ?> map) throws EvaluationException {
        ObjectNode object = NODES.objectNode();
        for (Map.Entry<?, ?> member : map.entrySet()) {
            object.set(String.valueOf(member.getKey()), fromJsonata(member.getValue()));
        }
        return object;
    }

    private static ArrayNode array(List<?> list) throws EvaluationException {
        ArrayNode array = NODES.arrayNode(list.size());
        for (Object element : list) {
            array.add(fromJsonata(element));
        }
        return array;
    }
}
