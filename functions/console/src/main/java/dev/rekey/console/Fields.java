package dev.rekey.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.item.Wording;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The fields of a request's body, each of which must be known and of its type. */
record Fields(ObjectNode body, String verb) {
    /** What a field may hold. */
    enum Type {
        TEXT("a text"),
        FLAG("true or false"),
        NUMBER("a whole number"),
        TEXTS("a list of texts"),
        VALUES("an object of texts, numbers, true or false"),
        NAMED_TEXTS("an object of texts"),
        PLAN("the plan's text, or its s3:// address");

        private final String words;

        Type(String words) {
            this.words = words;
        }

        boolean fits(JsonNode node) {
            return switch (this) {
                case TEXT, PLAN -> node.isTextual();
                case FLAG -> node.isBoolean();
                case NUMBER -> node.isIntegralNumber();
                case TEXTS -> node.isArray() && all(node, JsonNode::isTextual);
                case VALUES -> node.isObject() && all(node, JsonNode::isValueNode);
                case NAMED_TEXTS -> node.isObject() && all(node, JsonNode::isTextual);
            };
        }

        private static boolean all(JsonNode node, Predicate<JsonNode> each) {
            return node.valueStream().allMatch(each);
        }
    }

    /** @throws Problem if a field is not among {@code known}, or has another type */
    void check(Map<String, Type> known) {
        body.propertyStream().forEach(field -> {
            var type = known.get(field.getKey());
            if (type == null) {
                throw wrong(
                        "there is no field \"" + field.getKey() + "\"",
                        known.isEmpty()
                                ? "Send an empty object."
                                : "Use these: "
                                        + Wording.list(
                                                known.keySet().stream().sorted().toList()) + ".");
            }
            if (!type.fits(field.getValue())) {
                throw wrong("\"" + field.getKey() + "\" is not " + type.words, "Correct the field.");
            }
        });
    }

    /** @throws Problem if it does not confirm what is to be written of {@code plan} */
    void confirm(String plan) {
        var typed = text("confirm");
        if (!typed.equals(Optional.of(plan))) {
            throw new Problem(
                    Problem.Kind.CONFIRM,
                    "Cannot " + verb + ": "
                            + typed.map(name -> "\"confirm\" is \"" + name + "\", and the plan is named " + plan)
                                    .orElse("it writes, and \"confirm\" is missing")
                            + ". Nothing was started. Send the plan's name as \"confirm\".");
        }
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(body.get(name)).map(JsonNode::asText);
    }

    Optional<Integer> number(String name) {
        return Optional.ofNullable(body.get(name)).map(JsonNode::asInt);
    }

    boolean flag(String name) {
        return body.path(name).asBoolean();
    }

    Map<String, String> values(String name) {
        var values = new TreeMap<String, String>();
        body.path(name)
                .propertyStream()
                .forEach(one -> values.put(one.getKey(), one.getValue().asText()));
        return values;
    }

    Problem wrong(String fact, String next) {
        return new Problem(Problem.Kind.FIELD, "Cannot " + verb + ": " + fact + ". Nothing was started. " + next);
    }
}
