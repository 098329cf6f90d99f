package dev.rekey.handlers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An execution as EventBridge tells of its end.
 *
 * @param asked what it was started with
 * @param error that it failed with; empty if it did not fail by itself
 * @param result what it answered, if it succeeded
 */
record EndedExecution(
        String arn, String machine, Status status, Asked asked, String error, String cause, Result result) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEDULE = "schedule";
    private static final String ROLLED_BACK = RunOutcome.ROLLED_BACK.word();
    private static final String NOT_READY = Readiness.NOT_READY.word();

    /**
     * What an execution was started with.
     *
     * @param action empty if it said none that there is
     * @param table empty for all
     * @param run that it works on: the one it named, or itself
     * @param bySchedule whether nobody waits for its answer
     */
    record Asked(String action, String table, RunId run, boolean bySchedule) {}

    /**
     * What an execution answered.
     *
     * @param outcome such as {@code rolledBack}; empty if it answered nothing
     * @param message one sentence
     * @param drift how many records it left because somebody else had changed them
     */
    record Result(String outcome, String verdict, String message, long drift) {}

    enum Status {
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        ABORTED
    }

    /** @param detail of the event "Step Functions Execution Status Change" */
    static EndedExecution of(Map<String, Object> detail) {
        var input = parsed(text(detail, "input"));
        var output = parsed(text(detail, "output"));
        var started = Instant.ofEpochMilli(((Number) detail.get("startDate")).longValue());
        return new EndedExecution(
                text(detail, "executionArn"),
                text(detail, "stateMachineArn"),
                Status.valueOf(text(detail, "status")),
                new Asked(
                        Action.of(input.path("action").asText(""))
                                .map(Action::word)
                                .orElse(""),
                        input.path("table").asText(""),
                        Optional.of(input.path("run").asText(""))
                                .filter(RunId::isValid)
                                .map(RunId::new)
                                .orElseGet(() -> RunId.of(started, text(detail, "name"))),
                        input.path("startedBy").path("from").asText("").equals(SCHEDULE)),
                text(detail, "error"),
                text(detail, "cause"),
                new Result(
                        output.path("outcome").asText(""),
                        output.path("verdict").asText(""),
                        output.path("message").asText(""),
                        output.path("drift").asLong()));
    }

    /** Whether it succeeded with what somebody has to know: a rollback, or a schedule's analysis of a plan that is not ready. */
    boolean isNews() {
        return switch (status) {
            case FAILED, TIMED_OUT, ABORTED -> true;
            case SUCCEEDED -> result.outcome().equals(ROLLED_BACK) || isNotReady();
        };
    }

    /** Whether a schedule analyzed a plan that does not fit its data. */
    boolean isNotReady() {
        return status == Status.SUCCEEDED && result.verdict().equals(NOT_READY) && asked.bySchedule();
    }

    /** The service leaves out what it does not know, or what is too long. */
    private static String text(Map<String, Object> detail, String name) {
        return Optional.ofNullable(detail.get(name)).map(String::valueOf).orElse("");
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // It is quoted nowhere: an execution may have been started with anything.
            return MissingNode.getInstance();
        }
    }
}
