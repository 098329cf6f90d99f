package dev.rekey.core.plan.document;

import dev.rekey.core.plan.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one document, each problem once. */
public final class Problems {
    private record LocatedProblem(TextPosition place, Problem problem) {}

    private final Node root;
    private final List<LocatedProblem> found = new ArrayList<>();

    /** @param root of the document that the problems' paths lead through */
    public Problems(Node root) {
        this.root = root;
    }

    public void add(ProblemKind kind, PlanPath path, String message, String hint) {
        var problem = new LocatedProblem(path.placeIn(root), kind.at(path, message, hint));
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(one -> one.problem().severity() == Severity.ERROR);
    }

    public boolean hasErrorAt(PlanPath path) {
        return found.stream()
                .map(LocatedProblem::problem)
                .anyMatch(one -> one.severity() == Severity.ERROR && one.path().equals(path.toString()));
    }

    /** In the order of the document; at one place, in the order they were found. */
    public List<Problem> inOrder() {
        return found.stream()
                .sorted(Comparator.comparing(LocatedProblem::place))
                .map(LocatedProblem::problem)
                .toList();
    }
}
