package dev.rekey.local.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.rekey.interpreter.ports.LambdaFunctions;
import dev.rekey.interpreter.ports.TaskOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets the state machine invoke functions: the Invoke API without the way through HTTP. */
public final class LambdaTasks implements LambdaFunctions {
    /** What Step Functions says of a failure that names no error. */
    private static final String UNKNOWN = "Lambda.Unknown";

    private final LambdaService lambda;
    private final ObjectMapper json;

    /** @param json reads the functions' answers */
    public LambdaTasks(LambdaService lambda, ObjectMapper json) {
        this.lambda = lambda;
        this.json = json;
    }

    @Override
    public CompletionStage<TaskOutcome> invoke(String function, JsonNode payload) {
        return CompletableFuture.completedFuture(outcome(function, payload));
    }

    private TaskOutcome outcome(String function, JsonNode payload) {
        try {
            return switch (lambda.invoke(function, payload.toString().getBytes(StandardCharsets.UTF_8))) {
                case InvokeOutcome.Answered(var answer) -> answered(function, answer);
                case InvokeOutcome.FunctionFailed(var error) ->
                    TaskOutcome.failed(error.type(), error.json().toString());
                case InvokeOutcome.Refused(var error, var status, var message) ->
                    TaskOutcome.failed("Lambda." + error, message + " (Service: Lambda, Status Code: " + status + ")");
            };
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return TaskOutcome.failed(UNKNOWN, "The local stack stopped while " + function + " ran.");
        }
    }

    private TaskOutcome answered(String function, byte[] answer) {
        try {
            return TaskOutcome.succeeded(answer.length == 0 ? NullNode.getInstance() : json.readTree(answer));
        } catch (IOException broken) {
            return TaskOutcome.failed(UNKNOWN, "The answer of " + function + " is not JSON.");
        }
    }
}
