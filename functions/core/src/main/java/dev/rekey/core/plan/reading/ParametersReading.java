package dev.rekey.core.plan.reading;

import dev.rekey.core.item.CanonicalNumber;
import dev.rekey.core.plan.document.NearestName;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import dev.rekey.core.plan.document.Quoted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the option {@code parameters} of a plan, and what takes the place of its values. */
final class ParametersReading {
    private static final PlanPath PATH = PlanPath.ROOT.to("parameters");

    private final ValueReading values;
    private final Problems problems;

    ParametersReading(ValueReading values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    /** @param given other values than the plan's, as somebody typed them */
    Map<String, AttributeValue> parameters(Node.Fields root, Map<String, String> given) {
        var all = new LinkedHashMap<>(values.literals(root.fields("parameters"), PATH));
        given.forEach((name, text) -> {
            if (all.containsKey(name)) {
                all.computeIfPresent(name, (_, declared) -> read(name, text, declared));
            } else {
                problems.add(
                        ProblemKind.PARAMETER_UNKNOWN,
                        PATH,
                        "The plan has no parameter " + Quoted.of(name) + ".",
                        NearestName.hint(
                                name, root.fields("parameters").values().keySet()));
            }
        });
        return all;
    }

    /** A value has the type of the one whose place it takes. */
    private AttributeValue read(String name, String text, AttributeValue declared) {
        return switch (declared.type()) {
            case S -> AttributeValue.fromS(text);
            case N ->
                CanonicalNumber.of(text)
                        .map(AttributeValue::fromN)
                        .orElseGet(() -> wrongType(name, text, "a number", declared));
            case BOOL ->
                truth(text)
                        .map(AttributeValue::fromBool)
                        .orElseGet(() -> wrongType(name, text, "true or false", declared));
            case NUL, L, M, B, SS, NS, BS, UNKNOWN_TO_SDK_VERSION ->
                wrongType(name, text, "a text, a number or true or false in the plan", declared);
        };
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private AttributeValue wrongType(String name, String text, String expected, AttributeValue declared) {
        problems.add(
                ProblemKind.PARAMETER_WRONG_TYPE,
                PATH.to(name),
                "The parameter " + name + " cannot be " + Quoted.of(text) + ".",
                "Expected " + expected + ": a value keeps the type of the one that it replaces.");
        return declared;
    }
}
