package dev.rekey.core.plan.reading;

/** Reads plans. */
public final class PlanReader {
    private PlanReader() {}

    /** Reads a plan from YAML or JSON. Never throws for what {@code text} holds. */
    public static PlanReading read(String text) {
        return switch (Document.read(text)) {
            case Document.NoTree(var problems) -> new PlanReading.Invalid(problems);
            case Document.Tree(var root) -> read(root);
        };
    }

    private static PlanReading read(Node root) {
        var problems = new Problems(root);
        Structure.check(root, problems);
        if (!(root instanceof Node.Fields fields)) {
            return new PlanReading.Invalid(problems.inOrder());
        }
        var draft = new PlanBuilder(fields, problems).draft();
        if (problems.hasErrors()) {
            return new PlanReading.Invalid(problems.inOrder());
        }
        var canonical = CanonicalForm.of(draft);
        return new PlanReading.Valid(draft.plan(CanonicalForm.fingerprint(canonical)), canonical, problems.inOrder());
    }
}
