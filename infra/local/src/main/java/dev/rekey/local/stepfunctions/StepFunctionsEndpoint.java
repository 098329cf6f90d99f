package dev.rekey.local.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.api.StepFunctions;
import dev.rekey.interpreter.api.StepFunctionsException;
import dev.rekey.interpreter.api.StepFunctionsException.Code;
import dev.rekey.local.http.Request;
import dev.rekey.local.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The service's protocol, AWS JSON 1.0: the action in a header, parameters and answer as JSON. */
public final class StepFunctionsEndpoint implements Function<Request, Response> {
    /** The longest request, in bytes: a definition of 1 MiB with every character escaped. */
    public static final int MOST_BYTES = 8 * 1024 * 1024;

    private static final String TARGET = "AWSStepFunctions.";
    private static final Map<String, String> CONTENT_TYPE = Map.of("Content-Type", "application/x-amz-json-1.0");

    private final Actions actions;
    private final ObjectMapper json;

    public StepFunctionsEndpoint(StepFunctions service, ObjectMapper json) {
        this.actions = new Actions(service);
        this.json = json;
    }

    @Override
    public Response apply(Request request) {
        Optional<Function<Parameters, ObjectNode>> action = request.header("X-Amz-Target")
                .filter(target -> target.startsWith(TARGET))
                .flatMap(target -> actions.find(target.substring(TARGET.length())));
        if (action.isEmpty()) {
            return error("com.amazon.coral.service#UnknownOperationException", Optional.empty());
        }
        try {
            return answer(200, action.get().apply(new Parameters(read(request))));
        } catch (StepFunctionsException refused) {
            return error(type(refused.code()), Optional.of(refused.getMessage()));
        } catch (IOException broken) {
            return error("com.amazon.coral.service#SerializationException", Optional.empty());
        }
    }

    private JsonNode read(Request request) throws IOException {
        JsonNode body = json.readTree(request.body());
        if (!body.isObject() || request.body().length > MOST_BYTES) {
            throw new IOException("no JSON object, or longer than " + MOST_BYTES + " bytes");
        }
        return body;
    }

    private static String type(Code code) {
        return (code == Code.VALIDATION ? "com.amazon.coral.validate#" : "com.amazonaws.swf.service.v2.model#")
                + code.awsName();
    }

    private static Response error(String type, Optional<String> message) {
        return answer(
                400, new Json().text("__type", type).text("message", message).build());
    }

    private static Response answer(int status, ObjectNode body) {
        return new Response(status, CONTENT_TYPE, body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
