package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.interpreter.definition.Json;
import java.time.Instant;

/** How a journal begins. */
final class Starts {
    private Starts() {}

    static Entry entry(Identity identity, JsonNode input, String text, Instant now) {
        Entry start = Entry.of(Change.START, "")
                .with("identity", identity.toJson())
                .event(
                        "ExecutionStarted",
                        "executionStartedEventDetails",
                        Json.object().put("roleArn", identity.roleArn()))
                .payload("input", input, text);
        start.stamp(now, 1, 0);
        return start;
    }
}
