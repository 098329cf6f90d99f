package dev.rekey.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.interpreter.api.ListRequest;
import dev.rekey.interpreter.api.StepFunctionsException;
import dev.rekey.interpreter.api.StepFunctionsException.Code;
import java.util.Optional;

/** The parameters of one request; all methods throw {@link StepFunctionsException} for a value of the wrong type. */
record Parameters(JsonNode json) {
    String required(String name) {
        return optional(name)
                .orElseThrow(() ->
                        invalid("Value null at '" + name + "' failed to satisfy constraint: Member must not be null"));
    }

    Optional<String> optional(String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw invalid("Value at '" + name + "' failed to satisfy constraint: Member must be a string");
        }
        return Optional.of(value.textValue());
    }

    boolean flag(String name, boolean otherwise) {
        return json.path(name).asBoolean(otherwise);
    }

    ListRequest page() {
        JsonNode most = json.path("maxResults");
        int maxResults = most.asInt(0);
        if (maxResults < 0 || maxResults > 1_000) {
            throw invalid("Value '" + most.asText()
                    + "' at 'maxResults' failed to satisfy constraint: Member must have value between 0 and 1000");
        }
        return new ListRequest(maxResults, optional("nextToken"));
    }

    static StepFunctionsException invalid(String problem) {
        return new StepFunctionsException(Code.VALIDATION, "1 validation error detected: " + problem);
    }
}
