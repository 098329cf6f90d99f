package dev.rekey.core.plan.reading;

import dev.rekey.core.item.CanonicalNumber;
import dev.rekey.core.plan.ValueRule;
import dev.rekey.core.plan.Where;
import dev.rekey.core.plan.check.ExpressionScope;
import dev.rekey.core.plan.check.OpenDoors;
import dev.rekey.core.plan.document.JsonataSource;
import dev.rekey.core.plan.document.JsonataTree;
import dev.rekey.core.plan.document.NearestName;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import dev.rekey.core.plan.document.Quoted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads values and expressions: the options {@code where} and {@code set} of a table. */
final class ValueReading {
    /** DynamoDB nests values 32 deep. */
    private static final int MAX_DEPTH = 32;

    /** The only option of a map that says that its value is written as it stands. */
    private static final String LITERAL = "literal";

    private final Problems problems;
    private Map<String, AttributeValue> parameters = Map.of();
    /** What the expressions are about that are read now. */
    private ExpressionScope scope = ExpressionScope.RECORD;

    ValueReading(Problems problems) {
        this.problems = problems;
    }

    /** Lets expressions that are read from now on use {@code values}. */
    void use(Map<String, AttributeValue> values) {
        parameters = Map.copyOf(values);
    }

    Where where(Node.Fields options, PlanPath table) {
        var path = table.to("where");
        return switch (options.values().get("where")) {
            case Node.Text(var text, var _) -> {
                var expression = JsonataSource.in(text);
                expression.ifPresent(jsonata -> checkExpression(jsonata, path));
                yield new Where.Expression(expression.orElse(""), parameters);
            }
            case Node.Fields fields -> {
                var values = literals(fields, path);
                yield values.isEmpty() ? new Where.Everything() : new Where.Equal(values);
            }
            // Left out, or refused by the schema.
            case null -> new Where.Everything();
            case Node.Numeral _, Node.Truth _, Node.Nothing _, Node.Items _ -> new Where.Everything();
        };
    }

    /** Literal values by name. */
    Map<String, AttributeValue> literals(Node.Fields fields, PlanPath path) {
        var values = new LinkedHashMap<String, AttributeValue>();
        fields.values().forEach((name, node) -> values.put(name, literal(node, path.to(name), 1)));
        return Collections.unmodifiableMap(values);
    }

    Map<String, ValueRule> set(Node.Fields options, PlanPath table) {
        var rules = new LinkedHashMap<String, ValueRule>();
        options.fields("set")
                .values()
                .forEach((name, node) ->
                        rules.put(name, rule(node, table.to("set").to(name))));
        // An attribute that both name is refused with the other claims.
        options.fields("setIfAbsent")
                .values()
                .forEach((name, node) -> rules.put(
                        name,
                        new ValueRule.IfAbsent(
                                rule(node, table.to("setIfAbsent").to(name)))));
        return Collections.unmodifiableMap(rules);
    }

    /** What records get that are merged away: their expressions can use {@code $survivor}. */
    Map<String, ValueRule> ofMerged(Node.Fields options, PlanPath path) {
        scope = ExpressionScope.MERGED;
        var rules = set(options, path);
        scope = ExpressionScope.RECORD;
        return rules;
    }

    /**
     * What a created record holds.
     *
     * @param per whether its expressions can use {@code $per}
     */
    Map<String, ValueRule> ofCreated(Node.Fields attributes, PlanPath path, boolean per) {
        scope = per ? ExpressionScope.CREATED_PER : ExpressionScope.CREATED;
        var rules = new LinkedHashMap<String, ValueRule>();
        attributes.values().forEach((name, node) -> {
            if (ThroughReading.isMeant(node)) {
                OpenDoors.refuse(
                        problems, path.to(name), "A value of a created record that is taken through a reference");
            } else {
                rules.put(name, rule(node, path.to(name)));
            }
        });
        scope = ExpressionScope.RECORD;
        return Collections.unmodifiableMap(rules);
    }

    private ValueRule rule(Node node, PlanPath path) {
        if (node instanceof Node.Fields fields && fields.values().keySet().equals(Set.of(LITERAL))) {
            return new ValueRule.Literal(literal(fields.values().get(LITERAL), path.to(LITERAL), 1));
        }
        if (ThroughReading.isMeant(node)) {
            return new ThroughReading(problems).rule((Node.Fields) node, path);
        }
        var expression = node instanceof Node.Text(var text, var _) ? JsonataSource.in(text) : Optional.<String>empty();
        expression.ifPresent(jsonata -> checkExpression(jsonata, path));
        return expression
                .<ValueRule>map(jsonata -> new ValueRule.Expression(jsonata, parameters))
                .orElseGet(() -> new ValueRule.Literal(literal(node, path, 1)));
    }

    /** The expression that {@code text} holds between its brackets; empty if it holds none, which the schema refuses. */
    Optional<ValueRule.Expression> expression(String text, PlanPath path) {
        var expression = JsonataSource.in(text);
        expression.ifPresent(jsonata -> checkExpression(jsonata, path));
        return expression.map(jsonata -> new ValueRule.Expression(jsonata, parameters));
    }

    private void checkExpression(String jsonata, PlanPath path) {
        switch (JsonataSource.parse(jsonata)) {
            case JsonataSource.Parsed.Malformed(var fact) ->
                problems.add(
                        ProblemKind.EXPRESSION_BAD,
                        path,
                        "The expression is not valid JSONata: " + fact + ".",
                        "Correct the text between {% and %}.");
            case JsonataSource.Parsed.Expression(var tree) -> {
                checkFunctions(tree, path);
                checkParameters(tree, path);
                checkInputs(tree, path);
            }
        }
    }

    private void checkInputs(JsonataTree tree, PlanPath path) {
        tree.variables()
                .forEach(name -> scope.insteadOf(name)
                        .ifPresent(hint -> problems.add(
                                ProblemKind.EXPRESSION_UNKNOWN_PARAMETER,
                                path,
                                "The expression uses $" + name + ", which has no value here.",
                                hint)));
    }

    private void checkFunctions(JsonataTree tree, PlanPath path) {
        tree.variables().stream()
                .filter(JsonataSource.REFUSED::contains)
                .forEach(name -> problems.add(
                        ProblemKind.EXPRESSION_REFUSED_FUNCTION,
                        path,
                        "The expression uses $" + name
                                + ", whose result differs between attempts, or which runs unchecked text.",
                        scope.inputs()));
    }

    private void checkParameters(JsonataTree tree, PlanPath path) {
        tree.inputs("parameters").attributes().stream()
                .filter(name -> !parameters.containsKey(name))
                .forEach(name -> problems.add(
                        ProblemKind.EXPRESSION_UNKNOWN_PARAMETER,
                        path,
                        "The expression uses $parameters." + name + ", and the plan has no such parameter.",
                        NearestName.hint(name, parameters.keySet())));
    }

    private AttributeValue literal(Node node, PlanPath path, int depth) {
        if (depth > MAX_DEPTH) {
            problems.add(
                    ProblemKind.LITERAL_TOO_DEEP,
                    path,
                    "The value is nested more than " + MAX_DEPTH + " deep, which DynamoDB does not allow.",
                    "Use a flatter value.");
            return AttributeValue.fromNul(true);
        }
        return switch (node) {
            case Node.Text(var text, var _) -> text(text, path);
            case Node.Numeral(var text, var _) -> number(text, path);
            case Node.Truth(var value, var _) -> AttributeValue.fromBool(value);
            case Node.Nothing _ -> AttributeValue.fromNul(true);
            case Node.Items items -> list(items, path, depth);
            case Node.Fields fields -> map(fields, path, depth);
        };
    }

    private AttributeValue text(String text, PlanPath path) {
        if (JsonataSource.in(text).isPresent()) {
            problems.add(
                    ProblemKind.EXPRESSION_NESTED,
                    path,
                    "An expression is inside a value.",
                    "Make the whole value one expression: {% { \"a\": $record.b } %}.");
        }
        return AttributeValue.fromS(text);
    }

    private AttributeValue number(String text, PlanPath path) {
        var plain = CanonicalNumber.of(text);
        if (plain.isEmpty()) {
            problems.add(
                    ProblemKind.LITERAL_BAD_NUMBER,
                    path,
                    "DynamoDB cannot store the number " + Quoted.of(text) + ".",
                    "Numbers have up to 38 digits and are between 1E-130 and 9.99E+125; quote the value to make it a text.");
        }
        return AttributeValue.fromN(plain.orElse("0"));
    }

    private AttributeValue list(Node.Items items, PlanPath path, int depth) {
        var values = new ArrayList<AttributeValue>();
        for (var item : items.values()) {
            values.add(literal(item, path.to(values.size()), depth + 1));
        }
        return AttributeValue.fromL(values);
    }

    private AttributeValue map(Node.Fields fields, PlanPath path, int depth) {
        var values = new LinkedHashMap<String, AttributeValue>();
        fields.values().forEach((name, value) -> values.put(name, literal(value, path.to(name), depth + 1)));
        return AttributeValue.fromM(values);
    }
}
