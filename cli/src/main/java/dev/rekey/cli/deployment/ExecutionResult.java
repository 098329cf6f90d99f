package dev.rekey.cli.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.core.plan.document.ProblemText;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.status.PlanProblems;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the end of an execution means to its starter.
 *
 * @param message for people; with several lines if the plan has problems
 * @param document what {@code --json} prints: the execution's output, or error, message, run and exit code
 */
public record ExecutionResult(ExitCode code, String message, RunId run, ObjectNode document) {
    static ExecutionResult failure(ExitCode code, String error, String message, RunId run) {
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("error", error)
                .put("message", message)
                .put("run", run.value())
                .put("exitCode", code.number());
        return new ExecutionResult(code, message, run, document);
    }

    /** A refusal; the problems of the plan, if that is why, stand in {@code cause} below its first line. */
    static ExecutionResult refusal(String error, String cause, RunId run) {
        var problems = ProblemText.read(cause);
        if (problems.isEmpty()) {
            return failure(ExitCode.REFUSED, error, cause, run);
        }
        var message = cause.lines().findFirst().orElseThrow();
        var ending = failure(ExitCode.REFUSED, error, message, run);
        ending.document().set("problems", PlanProblems.json(problems));
        return new ExecutionResult(
                ending.code(),
                String.join("\n", ProblemText.folded(problems)) + "\n" + message,
                run,
                ending.document());
    }

    /** The same, of an execution that was refused before it became a run. */
    public ExecutionResult withoutRun() {
        var less = document.deepCopy();
        less.remove("run");
        return new ExecutionResult(code, message, run, less);
    }

    /** A field of the document; empty text if it has none. */
    public String text(String field) {
        return document.path(field).asText();
    }

    /** Counts of the answer by what was counted; to be added to. */
    public SortedMap<String, Long> counts(String field) {
        var counts = new TreeMap<String, Long>();
        document.path(field).forEachEntry((what, count) -> {
            if (count.isNumber()) {
                counts.put(what, count.asLong());
            }
        });
        return counts;
    }

    /** Whether the answer says that verification passed or failed; empty if it does not say. */
    public Optional<String> verification() {
        return Optional.ofNullable(document.path("verification").get("verdict")).map(JsonNode::asText);
    }

    /** Of the plan: what remains to be done by hand. */
    public List<String> notes() {
        return document.path("notes").valueStream().map(JsonNode::asText).toList();
    }

    /** Whether the execution did what it was asked to, even if what it found is not good. */
    public boolean succeeded() {
        return !document.has("error");
    }
}
