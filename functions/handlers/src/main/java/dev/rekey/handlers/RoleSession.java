package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.run.RunId;
import java.time.Instant;

/** The name of a session of a role in another account: function and run, as CloudTrail shows it there. */
final class RoleSession {
    private static final int LONGEST = 64;

    private RoleSession() {}

    /** @param input of the function */
    static String name(String function, JsonNode input) {
        var name = (function + "-" + run(input)).replaceAll("[^A-Za-z0-9+=,.@_-]", "-");
        return name.substring(0, Math.min(LONGEST, name.length()));
    }

    /** The preparation is told the execution, which names a new run, and maybe the run that it is to work on. */
    private static String run(JsonNode input) {
        for (var place : new String[] {"/run", "/input/run"}) {
            if (input.at(place).isTextual()) {
                return input.at(place).textValue();
            }
        }
        return input.path("startTime").isTextual() && input.path("name").isTextual()
                ? RunId.of(
                                Instant.parse(input.path("startTime").textValue()),
                                input.path("name").textValue())
                        .value()
                : "none";
    }
}
