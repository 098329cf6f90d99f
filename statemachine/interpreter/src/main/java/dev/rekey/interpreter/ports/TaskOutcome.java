package dev.rekey.interpreter.ports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** How one attempt of a task ended. */
public sealed interface TaskOutcome {

    /** The task succeeded with this JSON value. */
    record Succeeded(JsonNode output) implements TaskOutcome {}

    /** The task failed with this error name, which the document's {@code ErrorEquals} match exactly. */
    record Failed(String error, Optional<String> cause) implements TaskOutcome {}

    /** Shorthand of {@link Succeeded}. */
    static TaskOutcome succeeded(JsonNode output) {
        return new Succeeded(output);
    }

    /** Shorthand of {@link Failed} with a cause. */
    static TaskOutcome failed(String error, String cause) {
        return new Failed(error, Optional.of(cause));
    }
}
