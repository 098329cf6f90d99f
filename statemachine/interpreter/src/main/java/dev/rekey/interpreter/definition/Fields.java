package dev.rekey.interpreter.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** Reads the members of one object of a document; what does not fit becomes a finding. */
final class Fields {
    private static final Set<String> JSONPATH = Set.of(
            "InputPath",
            "OutputPath",
            "ResultPath",
            "Parameters",
            "ResultSelector",
            "ItemsPath",
            "SecondsPath",
            "TimestampPath",
            "TimeoutSecondsPath",
            "HeartbeatSecondsPath",
            "ErrorPath",
            "CausePath",
            "MaxConcurrencyPath",
            "ToleratedFailureCountPath",
            "ToleratedFailurePercentagePath",
            "MaxItemsPath",
            "MaxItemsPerBatchPath",
            "MaxInputBytesPerBatchPath",
            "Variable");

    private final ObjectNode node;
    private final String location;
    private final Findings findings;

    Fields(ObjectNode node, String location, Findings findings) {
        this.node = node;
        this.location = location;
        this.findings = findings;
    }

    /** The members of a value that must be an object; of an empty object where it is not. */
    static Fields of(JsonNode node, String location, Findings findings) {
        if (node instanceof ObjectNode object) {
            return new Fields(object, location, findings);
        }
        findings.schema(location, "The value must be an object.");
        return new Fields(dev.rekey.interpreter.definition.Json.object(), location, findings);
    }

    String at(String name) {
        return location.equals("/") ? "/" + name : location + "/" + name;
    }

    String location() {
        return location;
    }

    Findings findings() {
        return findings;
    }

    boolean has(String name) {
        return node.has(name);
    }

    /** Reports every other member. */
    Fields only(String what, Set<String> allowed) {
        node.fieldNames().forEachRemaining(name -> {
            if (!allowed.contains(name)) {
                findings.schema(
                        at(name),
                        JSONPATH.contains(name) || name.endsWith(".$")
                                ? "The field '" + name + "' belongs to JSONPath, which is not supported."
                                        + " Use JSONata: Arguments, Output, Assign and expressions between {% and %}."
                                : "The field '" + name + "' is not supported in " + what + ".");
            }
        });
        return this;
    }

    Optional<String> text(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            findings.schema(at(name), "The field '" + name + "' must be a string.");
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    String requiredText(String name) {
        if (!node.has(name)) {
            missing(name);
        }
        return text(name).orElse("");
    }

    void missing(String name) {
        findings.schema(location, "The required field '" + name + "' is missing.");
    }

    /** One of the names of an enum's constants. */
    <E extends Enum<E>> E choice(String name, E standard, Class<E> kind) {
        Optional<String> given = text(name);
        for (E constant : kind.getEnumConstants()) {
            if (given.isPresent() && constant.name().equals(given.get())) {
                return constant;
            }
        }
        given.ifPresent(value -> findings.schema(
                at(name),
                "The field '" + name + "' must be one of " + List.of(kind.getEnumConstants()) + ", not '" + value
                        + "'."));
        return standard;
    }

    OptionalLong integer(String name, long least, long most) {
        JsonNode value = node.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber() || value.longValue() < least || value.longValue() > most) {
            findings.schema(
                    at(name), "The field '" + name + "' must be an integer from " + least + " to " + most + ".");
            return OptionalLong.empty();
        }
        return OptionalLong.of(value.longValue());
    }

    double number(String name, double standard, double least) {
        JsonNode value = node.get(name);
        if (value == null) {
            return standard;
        }
        if (!value.isNumber() || value.doubleValue() < least) {
            findings.schema(at(name), "The field '" + name + "' must be a number of at least " + least + ".");
            return standard;
        }
        return value.doubleValue();
    }

    Optional<Template> template(String name) {
        return Optional.ofNullable(node.get(name)).map(value -> Template.parse(value, at(name), findings::schema));
    }

    /** A template whose value, where it stands there literally, must fit. */
    Optional<Template> template(String name, Predicate<JsonNode> fits, String expected) {
        Optional<Template> template = template(name);
        if (template.isPresent() && template.get() instanceof Template.Literal(var value) && !fits.test(value)) {
            findings.schema(
                    at(name),
                    "The field '" + name + "' must be " + expected + " or a JSONata expression that gives it.");
        }
        return template;
    }

    Optional<Template> count(String name) {
        return template(
                name, value -> value.isIntegralNumber() && value.longValue() >= 0, "an integer that is not negative");
    }

    Optional<Fields> object(String name) {
        return Optional.ofNullable(node.get(name)).map(value -> of(value, at(name), findings));
    }

    Map<String, Fields> objects(String name) {
        Map<String, Fields> objects = new LinkedHashMap<>();
        object(name)
                .ifPresent(inner -> inner.node
                        .properties()
                        .forEach(member -> objects.put(
                                member.getKey(), of(member.getValue(), inner.at(member.getKey()), findings))));
        return objects;
    }

    List<Fields> list(String name) {
        List<Fields> list = new ArrayList<>();
        JsonNode value = node.get(name);
        if (value != null && !value.isArray()) {
            findings.schema(at(name), "The field '" + name + "' must be an array.");
        } else if (value != null) {
            value.forEach(element -> list.add(of(element, at(name) + "[" + list.size() + "]", findings)));
        }
        return list;
    }

    /** A list of strings with at least one in it. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        JsonNode value = node.get(name);
        if (value == null || !value.isArray() || value.isEmpty()) {
            findings.schema(at(name), "The field '" + name + "' must be an array with at least one string.");
            return texts;
        }
        value.forEach(element -> {
            if (element.isTextual()) {
                texts.add(element.textValue());
            } else {
                findings.schema(at(name), "The field '" + name + "' must hold strings only.");
            }
        });
        return texts;
    }

    /** Whether a boolean member is true. */
    boolean isTrue(String name) {
        JsonNode value = node.get(name);
        if (value != null && !value.isBoolean()) {
            findings.schema(at(name), "The field '" + name + "' must be true or false.");
        }
        return value != null && value.booleanValue();
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
