package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Values of parameters in the input of an execution. */
final class ParametersOfInput {
    private static final String FIELD = "parameters";

    private ParametersOfInput() {}

    /** Name to value, as somebody would type it; empty if there are none. */
    static Map<String, String> of(JsonNode given) {
        var values = new TreeMap<String, String>();
        given.path(FIELD)
                .properties()
                .forEach(one -> values.put(one.getKey(), one.getValue().asText()));
        return values;
    }

    /** Why the input is refused. A fraction may have lost digits on its way, so it must be a text. */
    static Optional<String> misfit(JsonNode given) {
        var parameters = given.path(FIELD);
        if (parameters.isMissingNode() || parameters.isNull()) {
            return Optional.empty();
        }
        if (!parameters.isObject()) {
            return Optional.of(misfit(given, "\"parameters\" is not an object"));
        }
        return parameters.properties().stream()
                .filter(one -> !isSimple(one.getValue()))
                .map(one -> misfit(
                        given,
                        "the value of \"%s\" in \"parameters\" is neither a text, a whole number, true nor false"
                                .formatted(one.getKey())))
                .findFirst();
    }

    private static boolean isSimple(JsonNode value) {
        return value.isTextual() || value.isIntegralNumber() || value.isBoolean();
    }

    private static String misfit(JsonNode given, String fact) {
        return "Cannot %s: %s. Nothing was read or written. Use an object of names and values, such as {\"convert\": \"true\"}."
                .formatted(given.path("action").asText(), fact);
    }
}
