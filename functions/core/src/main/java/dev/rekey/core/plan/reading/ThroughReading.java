package dev.rekey.core.plan.reading;

import dev.rekey.core.plan.ValueRule;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.PlanPath;
import dev.rekey.core.plan.document.ProblemKind;
import dev.rekey.core.plan.document.Problems;
import dev.rekey.core.plan.document.Quoted;
import dev.rekey.core.plan.document.ReferencePathParser;
import dev.rekey.core.plan.document.ReferencePathParser.Parsed;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads a value that is taken through a reference: {@code { through: customer_id, take: company_id }}. */
final class ThroughReading {
    private static final String THROUGH = "through";
    private static final String TAKE = "take";
    private static final Set<String> OPTIONS = Set.of(THROUGH, TAKE);
    /** Stands for a rule that is refused. */
    private static final ValueRule NONE = new ValueRule.Literal(AttributeValue.fromNul(true));

    private final Problems problems;

    ThroughReading(Problems problems) {
        this.problems = problems;
    }

    /** Whether {@code node} is such a value. */
    static boolean isMeant(Node node) {
        return node instanceof Node.Fields(var values, var _) && values.keySet().equals(OPTIONS);
    }

    ValueRule rule(Node.Fields options, PlanPath path) {
        var through = text(options, THROUGH, path, ProblemKind.REFERENCE_BAD_PATH);
        var take = text(options, TAKE, path, ProblemKind.THROUGH_BAD_TAKE);
        var parsed = through.map(ReferencePathParser::parse);
        if (parsed.isPresent() && parsed.get() instanceof Parsed.Malformed(var position, var fact)) {
            problems.add(
                    ProblemKind.REFERENCE_BAD_PATH,
                    path.to(THROUGH),
                    "The path " + Quoted.of(through.get()) + " cannot be parsed at character " + position + ": " + fact
                            + ".",
                    "Write the path of a reference of this table, such as a or a.b.");
        }
        return parsed.isPresent() && parsed.get() instanceof Parsed.Path(var reference) && take.isPresent()
                ? new ValueRule.Through(reference, take.get())
                : NONE;
    }

    private Optional<String> text(Node.Fields options, String name, PlanPath path, ProblemKind kind) {
        var node = options.values().get(name);
        if (node instanceof Node.Text(var text, var _) && !text.isEmpty()) {
            return Optional.of(text);
        }
        problems.add(
                kind,
                path.to(name),
                "The value is " + (node instanceof Node.Text ? "an empty text" : node.kind()) + ".",
                "Expected a text. To write a map as it stands, use { literal: … }.");
        return Optional.empty();
    }
}
