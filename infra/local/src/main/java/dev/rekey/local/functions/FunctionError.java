package dev.rekey.local.functions;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The failure of a function as the caller sees it.
 *
 * @param type what {@code ErrorEquals} of a state machine matches
 */
public record FunctionError(String type, String message, List<String> stackTrace) {
    public FunctionError {
        stackTrace = List.copyOf(stackTrace);
    }

    /** As Lambda's Java runtime does it: the type is the full name of the exception's class. */
    static FunctionError of(Throwable thrown) {
        String type = thrown.getClass().getName();
        return new FunctionError(
                type,
                Optional.ofNullable(thrown.getLocalizedMessage()).orElse(type),
                Stream.of(thrown.getStackTrace())
                        .map(StackTraceElement::toString)
                        .toList());
    }

    static FunctionError timedOut(String requestId, Duration limit) {
        String seconds = String.format(Locale.ROOT, "%.2f", limit.toMillis() / 1000.0);
        return new FunctionError(
                "Sandbox.Timedout",
                "RequestId: " + requestId + " Error: Task timed out after " + seconds + " seconds",
                List.of());
    }

    static FunctionError answerTooLarge(int bytes, int mostBytes) {
        return new FunctionError(
                "Function.ResponseSizeTooLarge",
                "Response payload size (" + bytes + " bytes) exceeded maximum allowed payload size (" + mostBytes
                        + " bytes).",
                List.of());
    }

    /** The document that the Invoke API sends and that Step Functions keeps as the cause. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("errorMessage", message);
        json.put("errorType", type);
        if (!stackTrace.isEmpty()) {
            stackTrace.forEach(json.putArray("stackTrace")::add);
        }
        return json;
    }
}
