package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemText;
import dev.rekey.engine.status.PlanProblems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A plan that cannot be carried out, with everything that is wrong with it. */
final class UnfitPlan extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient List<Problem> problems;

    UnfitPlan(String verb, Path file, List<Problem> problems) {
        this(verb, file, "the plan", problems);
    }

    /** @param what has the problems: the plan, or a mapping that it names */
    UnfitPlan(String verb, Path file, String what, List<Problem> problems) {
        super("Cannot %s %s: %s has %s. Nothing was started. Correct %s and run it again."
                .formatted(verb, file, what, counted(problems), errors(problems) == 1 ? "it" : "them"));
        this.problems = List.copyOf(problems);
    }

    private static String counted(List<Problem> problems) {
        return Wording.count(errors(problems), "error");
    }

    private static long errors(List<Problem> problems) {
        return problems.stream().filter(p -> p.severity() == Severity.ERROR).count();
    }

    /** For people: the problems with their places and what to do, then the sum. */
    List<String> lines() {
        var lines = new ArrayList<>(ProblemText.folded(problems));
        lines.add(getMessage());
        return lines;
    }

    /** For programs. */
    ObjectNode document() {
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("error", "UnfitPlan")
                .put("message", getMessage())
                .put("exitCode", ExitCode.REFUSED.number());
        document.set("problems", PlanProblems.json(problems));
        return document;
    }
}
