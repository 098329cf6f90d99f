package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.interpreter.api.StepFunctionsException;
import dev.rekey.interpreter.api.StepFunctionsException.Code;
import dev.rekey.interpreter.definition.ErrorNames;
import dev.rekey.interpreter.ports.TaskOutcome;
import dev.rekey.interpreter.ports.TaskToken;
import java.util.Optional;

/** Takes the answers of tasks that wait for their token. */
public final class TaskAnswers {
    private final Workshop workshop;

    TaskAnswers(Workshop workshop) {
        this.workshop = workshop;
    }

    public void success(TaskToken token, String output) {
        JsonNode tree = Executions.payload(output, Code.INVALID_OUTPUT, "Invalid Output");
        answer(token, TaskOutcome.succeeded(tree));
    }

    public void failure(TaskToken token, Optional<String> error, Optional<String> cause) {
        answer(token, new TaskOutcome.Failed(error.orElse(ErrorNames.TASK_FAILED), cause));
    }

    public void heartbeat(TaskToken token) {
        Tokens known = known(token);
        if (!workshop.working(known.executionArn())
                .map(execution -> execution.heartbeat(known))
                .orElse(false)) {
            throw gone(known);
        }
    }

    private void answer(TaskToken token, TaskOutcome outcome) {
        Tokens known = known(token);
        if (!workshop.working(known.executionArn())
                .map(execution -> execution.answer(known, outcome))
                .orElse(false)) {
            throw gone(known);
        }
    }

    private static Tokens known(TaskToken token) {
        return Tokens.of(token)
                .orElseThrow(() -> new StepFunctionsException(Code.INVALID_TOKEN, "Invalid Token: 'Invalid token'"));
    }

    private StepFunctionsException gone(Tokens token) {
        boolean known = workshop.store().exists(workshop.places().executionJournal(token.executionArn()));
        return known
                ? new StepFunctionsException(
                        Code.TASK_TIMED_OUT, "Task Timed Out: 'Provided task does not exist anymore'")
                : new StepFunctionsException(Code.TASK_DOES_NOT_EXIST, "Task Does Not Exist: 'Unknown task'");
    }
}
