package dev.rekey.interpreter.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** A JSON value in which strings of the form <code>{% … %}</code> stand for the results of their expressions. */
public sealed interface Template {

    /** A value without any expression. */
    record Literal(JsonNode value) implements Template {}

    /** A string that is an expression as a whole. */
    record Computed(Expression expression) implements Template {}

    /** An object with an expression somewhere in it. */
    record Members(Map<String, Template> members) implements Template {}

    /** An array with an expression somewhere in it. */
    record Elements(List<Template> elements) implements Template {}

    /**
     * Reads a template.
     *
     * @param problem told the location below {@code location} and the message of everything that is wrong
     */
    static Template parse(JsonNode node, String location, BiConsumer<String, String> problem) {
        Template read = switch (node.getNodeType()) {
            case STRING -> string(node, location, problem);
            case OBJECT -> {
                Map<String, Template> members = new LinkedHashMap<>();
                node.properties().forEach(member -> {
                    String place = location + "/" + member.getKey();
                    if (member.getKey().endsWith(".$")) {
                        problem.accept(place, JSONPATH_MEMBER);
                    }
                    members.put(member.getKey(), parse(member.getValue(), place, problem));
                });
                yield new Members(members);
            }
            case ARRAY -> {
                List<Template> elements = new ArrayList<>();
                node.forEach(element -> elements.add(parse(element, location + "/" + elements.size(), problem)));
                yield new Elements(elements);
            }
            case NUMBER, BOOLEAN, NULL, MISSING, BINARY, POJO -> new Literal(node);
        };
        return read.children().allMatch(Literal.class::isInstance) && !(read instanceof Computed)
                ? new Literal(node)
                : read;
    }

    /** The message for a member that only JSONPath documents have. */
    String JSONPATH_MEMBER = "Members that end in '.$' belong to JSONPath, which is not supported."
            + " Use a JSONata expression between {% and %} as the value instead.";

    private static Template string(JsonNode node, String location, BiConsumer<String, String> problem) {
        String text = node.textValue();
        boolean opened = text.startsWith("{%");
        if (!opened || text.length() < 4 || !text.endsWith("%}")) {
            if (opened) {
                problem.accept(location, "The JSONata expression begins with '{%' but does not end with '%}'.");
            }
            return new Literal(node);
        }
        try {
            return new Computed(
                    Expression.parse(text.substring(2, text.length() - 2).strip()));
        } catch (ExpressionSyntaxException e) {
            problem.accept(location, "The JSONata expression is not valid: " + e.getMessage() + ".");
            return new Literal(node);
        }
    }

    /** The value with all expressions computed. */
    default JsonNode evaluate(Bindings bindings) throws EvaluationException {
        return switch (this) {
            case Literal(var value) -> value;
            case Computed(var expression) -> expression.evaluate(bindings);
            case Members(var members) -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                for (Map.Entry<String, Template> member : members.entrySet()) {
                    object.set(member.getKey(), member.getValue().evaluate(bindings));
                }
                yield object;
            }
            case Elements(var elements) -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode(elements.size());
                for (Template element : elements) {
                    array.add(element.evaluate(bindings));
                }
                yield array;
            }
        };
    }

    /** All expressions in it. */
    default Stream<Expression> expressions() {
        return this instanceof Computed(var expression)
                ? Stream.of(expression)
                : children().flatMap(Template::expressions);
    }

    private Stream<Template> children() {
        return switch (this) {
            case Literal literal -> Stream.of();
            case Computed computed -> Stream.of();
            case Members(var members) -> members.values().stream();
            case Elements(var elements) -> elements.stream();
        };
    }
}
