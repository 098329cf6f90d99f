package dev.rekey.engine.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.core.plan.document.ProblemText;
import java.util.List;

/** Problems of a plan as {@code --json} prints them, wherever they were found. */
public final class PlanProblems {
    private PlanProblems() {}

    public static ArrayNode json(List<Problem> problems) {
        var list = JsonNodeFactory.instance.arrayNode();
        for (var problem : problems) {
            list.addObject()
                    .put("severity", ProblemText.word(problem.severity()))
                    .put("id", problem.id())
                    .put("path", problem.path())
                    .put("message", problem.message())
                    .put("hint", problem.hint());
        }
        return list;
    }
}
