package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.interpreter.definition.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The service's limits on data. */
final class Limits {
    static final int PAYLOAD_BYTES = 262_144;
    static final int EVENTS = 25_000;
    static final int CAUSE_CHARACTERS = 32_768;
    private static final long VARIABLES_BYTES = 10L * 1_024 * 1_024;

    private Limits() {}

    /** The JSON text of a payload, which must not be too large. */
    static String text(String what, JsonNode payload) throws DataLimitException {
        String text = Json.text(payload);
        if (bytes(text) > PAYLOAD_BYTES) {
            throw new DataLimitException(what + " has " + bytes(text) + " bytes; the limit is " + PAYLOAD_BYTES + ".");
        }
        return text;
    }

    static void variables(Map<String, JsonNode> assigned, Map<String, JsonNode> held) throws DataLimitException {
        if (assigned.isEmpty()) {
            return;
        }
        long together = 0;
        for (Map.Entry<String, JsonNode> variable : assigned.entrySet()) {
            together += bytes(text("The variable '" + variable.getKey() + "'", variable.getValue()));
        }
        if (together > PAYLOAD_BYTES) {
            throw new DataLimitException(
                    "The variables of one Assign have " + together + " bytes; the limit is " + PAYLOAD_BYTES + ".");
        }
        for (JsonNode value : held.values()) {
            together += bytes(Json.text(value));
        }
        if (together > VARIABLES_BYTES) {
            throw new DataLimitException(
                    "The variables would have up to " + together + " bytes; the limit is " + VARIABLES_BYTES + ".");
        }
    }

    static int bytes(String text) {
        // Counting encodes the text, which a short one does not need: no character has more than three bytes.
        return text.length() * 3 <= PAYLOAD_BYTES ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }

    static String cause(String text) {
        return text.length() <= CAUSE_CHARACTERS ? text : text.substring(0, CAUSE_CHARACTERS);
    }
}
