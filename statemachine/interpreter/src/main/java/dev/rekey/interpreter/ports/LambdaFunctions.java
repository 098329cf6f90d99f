package dev.rekey.interpreter.ports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletionStage;

/**
 * Invokes Lambda functions; supplied from outside. {@link TaskOutcome.Succeeded} carries the function's answer alone
 * (the interpreter wraps it for {@code lambda:invoke}); {@link TaskOutcome.Failed} carries the {@code errorType} as
 * error and the whole error document (errorType, errorMessage, stack trace) as cause, as the service does.
 */
@FunctionalInterface
public interface LambdaFunctions {
    /** {@code function} is a name or an ARN, as the document gives it. May block. */
    CompletionStage<TaskOutcome> invoke(String function, JsonNode payload);
}
