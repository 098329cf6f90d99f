package dev.rekey.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.cli.ending.ExitCode;
import dev.rekey.engine.plan.Problem;
import dev.rekey.engine.plan.Problem.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan that cannot be carried out, with everything that is wrong with it. */
final class UnfitPlan extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient List<Problem> problems;

    UnfitPlan(String verb, Path file, List<Problem> problems) {
        super("Cannot %s %s: the plan has %s. Nothing was started. Correct %s and run it again."
                .formatted(verb, file, counted(problems), errors(problems) == 1 ? "it" : "them"));
        this.problems = List.copyOf(problems);
    }

    private static String counted(List<Problem> problems) {
        long errors = errors(problems);
        return errors == 1 ? "1 error" : errors + " errors";
    }

    private static long errors(List<Problem> problems) {
        return problems.stream().filter(p -> p.severity() == Severity.ERROR).count();
    }

    /** For people: each problem with its place and what to do, then the sum. */
    List<String> lines() {
        var lines = lines(problems);
        lines.add(getMessage());
        return lines;
    }

    static List<String> lines(List<Problem> problems) {
        var lines = new ArrayList<String>();
        for (var problem : problems) {
            lines.add("%s  %s  [%s]".formatted(word(problem), problem.path(), problem.id()));
            lines.add("    " + problem.message());
            lines.add("    " + problem.hint());
        }
        return lines;
    }

    /** For programs. */
    ObjectNode document() {
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("error", "UnfitPlan")
                .put("message", getMessage())
                .put("exitCode", ExitCode.REFUSED.number());
        var list = document.putArray("problems");
        for (var problem : problems) {
            list.addObject()
                    .put("severity", word(problem))
                    .put("id", problem.id())
                    .put("path", problem.path())
                    .put("message", problem.message())
                    .put("hint", problem.hint());
        }
        return document;
    }

    private static String word(Problem problem) {
        return problem.severity().name().toLowerCase(Locale.ROOT);
    }
}
