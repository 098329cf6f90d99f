package dev.rekey.core.plan.reading;

import dev.rekey.core.plan.document.Document;
import dev.rekey.core.plan.document.Node;
import dev.rekey.core.plan.document.Problems;
import java.util.Map;

/** Reads plans. */
public final class PlanReader {
    private PlanReader() {}

    /** Reads a plan from YAML or JSON. Never throws for what {@code text} holds. */
    public static PlanReading read(String text) {
        return read(text, Map.of());
    }

    /**
     * Reads a plan with other values of its parameters.
     *
     * @param parameters by name, as somebody typed them
     */
    public static PlanReading read(String text, Map<String, String> parameters) {
        return switch (Document.read(text)) {
            case Document.NoTree(var problems) -> new PlanReading.Invalid(problems);
            case Document.Tree(var root) -> read(root, parameters);
        };
    }

    private static PlanReading read(Node root, Map<String, String> parameters) {
        var problems = new Problems(root);
        Structure.check(root, problems);
        if (!(root instanceof Node.Fields fields)) {
            return new PlanReading.Invalid(problems.inOrder());
        }
        var draft = new PlanBuilder(fields, parameters, problems).draft();
        if (problems.hasErrors()) {
            return new PlanReading.Invalid(problems.inOrder());
        }
        var canonical = CanonicalForm.of(draft);
        return new PlanReading.Valid(draft.plan(CanonicalForm.fingerprint(canonical)), canonical, problems.inOrder());
    }
}
