package dev.rekey.local.functions;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.local.http.Request;
import dev.rekey.local.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lambda's Invoke API. */
public final class LambdaEndpoint implements Function<Request, Response> {
    private static final Pattern INVOCATIONS = Pattern.compile("/2015-03-31/functions/([^/]+)/invocations/?");
    private static final byte[] NOTHING = {};

    private final LambdaService lambda;

    public LambdaEndpoint(LambdaService lambda) {
        this.lambda = lambda;
    }

    @Override
    public Response apply(Request request) {
        // The decoded path: clients send the colons of an ARN as %3A.
        Matcher path = INVOCATIONS.matcher(request.uri().getPath());
        if (!path.matches() || !request.method().equals("POST")) {
            return refused(new InvokeOutcome.Refused(
                    "UnknownOperationException",
                    404,
                    "Only POST /2015-03-31/functions/NAME/invocations is served here."));
        }
        String function = path.group(1);
        String type = request.header("X-Amz-Invocation-Type").orElse("RequestResponse");
        return switch (type) {
            case "RequestResponse" -> now(function, request.body());
            case "Event" ->
                lambda.invokeLater(function, request.body())
                        .map(LambdaEndpoint::refused)
                        .orElse(new Response(202, Map.of(), NOTHING));
            case "DryRun" ->
                lambda.refuse(function, request.body())
                        .map(LambdaEndpoint::refused)
                        .orElse(new Response(204, Map.of(), NOTHING));
            default ->
                refused(new InvokeOutcome.Refused(
                        "InvalidParameterValueException", 400, "Unsupported invocation type: " + type));
        };
    }

    private Response now(String function, byte[] payload) {
        try {
            return switch (lambda.invoke(function, payload)) {
                case InvokeOutcome.Answered(var answer) ->
                    new Response(
                            200,
                            Map.of("Content-Type", "application/json", "X-Amz-Executed-Version", "$LATEST"),
                            answer);
                case InvokeOutcome.FunctionFailed(var error) ->
                    new Response(
                            200,
                            Map.of(
                                    "Content-Type",
                                    "application/json",
                                    "X-Amz-Executed-Version",
                                    "$LATEST",
                                    "X-Amz-Function-Error",
                                    "Unhandled"),
                            bytes(error.json()));
                case InvokeOutcome.Refused refusal -> refused(refusal);
            };
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return refused(new InvokeOutcome.Refused("ServiceException", 500, "The local stack is stopping."));
        }
    }

    private static Response refused(InvokeOutcome.Refused refusal) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("Type", refusal.status() >= 500 ? "Service" : "User");
        json.put("Message", refusal.message());
        return new Response(
                refusal.status(),
                Map.of("Content-Type", "application/json", "X-Amzn-ErrorType", refusal.error()),
                bytes(json));
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
