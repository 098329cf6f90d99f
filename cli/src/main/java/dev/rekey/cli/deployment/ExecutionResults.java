package dev.rekey.cli.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ErrorNames;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.State;

/** Reads the end of an execution. */
public final class ExecutionResults {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How the local stack explains what it finds unfinished when it starts. */
    private static final String STACK_ENDED = "LocalStack.Ended";

    private ExecutionResults() {}

    /** @param run the run that the execution is or works on */
    public static ExecutionResult of(Action action, RunId run, State.Ended end) {
        return switch (end) {
            case State.Succeeded(var output) -> succeeded(action, run, output);
            case State.Failed(var error, var cause) -> failed(action, run, error, cause);
            case State.Stopped(var status, var cause) -> stopped(action, run, status, cause);
        };
    }

    private static ExecutionResult succeeded(Action action, RunId run, String output) {
        ObjectNode document;
        try {
            document = (ObjectNode) JSON.readTree(output);
        } catch (JsonProcessingException | ClassCastException e) {
            throw new IllegalStateException("the execution's output is not a JSON object: " + output, e);
        }
        var subject = RunId.isValid(document.path("run").asText())
                ? new RunId(document.path("run").asText())
                : run;
        return new ExecutionResult(
                codeOf(action, document), document.path("message").asText(), subject, document);
    }

    private static ExitCode codeOf(Action action, ObjectNode output) {
        if (output.path("drift").asLong() > 0) {
            return ExitCode.DRIFT_KEPT;
        }
        if (!output.path("remaining").isEmpty()) {
            return ExitCode.REMAINING;
        }
        var judged = action == Action.ANALYZE || action == Action.VALIDATE;
        return judged && output.path("verdict").asText().equals(Readiness.NOT_READY.word())
                ? ExitCode.REFUSED
                : ExitCode.DONE;
    }

    private static ExecutionResult failed(Action action, RunId run, String error, String cause) {
        return switch (error) {
            case ErrorNames.INVALID_INPUT -> ExecutionResult.failure(ExitCode.USAGE, error, cause, run);
            case ErrorNames.REFUSED, ErrorNames.NOT_READY -> ExecutionResult.refusal(error, cause, run);
            case ErrorNames.VERIFICATION_FAILED ->
                ExecutionResult.failure(ExitCode.VERIFICATION_FAILED, error, cause, run);
            case ErrorNames.ROLLED_BACK_WITH_DRIFT -> ExecutionResult.failure(ExitCode.DRIFT_KEPT, error, cause, run);
            case ErrorNames.ROLLED_BACK -> ExecutionResult.failure(ExitCode.ROLLED_BACK, error, cause, run);
            case ErrorNames.INCOMPLETE, ErrorNames.SUPERSEDED ->
                ExecutionResult.failure(ExitCode.INCOMPLETE, error, cause, run);
            default -> ExecutionResult.failure(ExitCode.INCOMPLETE, error, unforeseen(action, run, error, cause), run);
        };
    }

    private static ExecutionResult stopped(Action action, RunId run, String status, String cause) {
        if (cause.startsWith(STACK_ENDED)) {
            return ExecutionResult.failure(
                    ExitCode.INCOMPLETE,
                    STACK_ENDED,
                    "Cannot finish " + action.word() + " of run " + run
                            + ": the local stack ended meanwhile, and the run stopped with it. "
                            + whatToDo(action, run),
                    run);
        }
        return ExecutionResult.failure(ExitCode.INCOMPLETE, status, unforeseen(action, run, status, cause), run);
    }

    /** The execution ended where no state could say what it means. */
    private static String unforeseen(Action action, RunId run, String error, String cause) {
        var fact = cause.isBlank() ? error : error + ": " + cause.strip();
        var end = fact.endsWith(".") ? "" : ".";
        return "Cannot determine how " + action.word() + " of run " + run + " ended: the execution ended with " + fact
                + end + " " + whatToDo(action, run);
    }

    private static String whatToDo(Action action, RunId run) {
        return switch (action) {
            case ANALYZE, VALIDATE -> "No table was written to. Start it again.";
            case VERIFY -> "No table was written to. Run: rekey verify --run " + run + ".";
            case TEST -> "What it wrote is in its undo log. Run: rekey rollback --run " + run + ".";
            case MIGRATE, RESUME ->
                "What it wrote is in its undo log. Run: rekey resume --run " + run + ", or: rekey rollback --run " + run
                        + ".";
            case STOP -> "It may still be working. Run: rekey stop --run " + run + ".";
            case ROLLBACK -> "What it has not undone is in the undo log. Run: rekey rollback --run " + run + ".";
        };
    }
}
