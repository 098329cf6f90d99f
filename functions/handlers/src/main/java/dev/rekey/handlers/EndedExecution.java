package dev.rekey.handlers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An execution as EventBridge tells of its end.
 *
 * @param asked what it was started with
 * @param error that it failed with; empty if it did not fail by itself
 * @param drift how many records it left because somebody else had changed them
 */
record EndedExecution(String arn, String machine, Status status, Asked asked, String error, String cause, long drift) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What an execution was started with.
     *
     * @param action empty if it said none that there is
     * @param table empty for all
     * @param run that it works on: the one it named, or itself
     */
    record Asked(String action, String table, RunId run) {}

    enum Status {
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        ABORTED
    }

    /** @param detail of the event "Step Functions Execution Status Change" */
    static EndedExecution of(Map<String, Object> detail) {
        var input = parsed(text(detail, "input"));
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
                                .orElseGet(() -> RunId.of(started, text(detail, "name")))),
                text(detail, "error"),
                text(detail, "cause"),
                parsed(text(detail, "output")).path("drift").asLong());
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
