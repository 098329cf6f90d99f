package dev.rekey.interpreter.ports;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The integrations that Task states may name, by their {@code Resource} without {@code .waitForTaskToken}. */
public final class TaskIntegrations {
    /** The optimized integration with Lambda. */
    public static final String LAMBDA_INVOKE = "arn:aws:states:::lambda:invoke";

    private static final String LAMBDA_FUNCTION = "arn:aws:lambda:";

    private final Map<String, TaskIntegration> exact;
    private final Optional<TaskIntegration> functions;
    private final Partition partition;

    private TaskIntegrations(
            Map<String, TaskIntegration> exact, Optional<TaskIntegration> functions, Partition partition) {
        this.exact = Map.copyOf(exact);
        this.functions = functions;
        this.partition = partition;
    }

    /** No integration at all: only documents without Task states run. */
    public static TaskIntegrations none() {
        return new TaskIntegrations(Map.of(), Optional.empty(), Partition.AWS);
    }

    /** Both ways to call Lambda: {@code arn:aws:states:::lambda:invoke} and the plain ARN of a function. */
    public static TaskIntegrations lambda(LambdaFunctions lambda) {
        return new TaskIntegrations(
                Map.of(LAMBDA_INVOKE, request -> invoke(lambda, request)),
                Optional.of(request -> lambda.invoke(request.resource(), request.arguments())),
                Partition.AWS);
    }

    /** A copy for another partition: resources of any other are refused. */
    public TaskIntegrations in(Partition other) {
        return new TaskIntegrations(exact, functions, other);
    }

    /** A copy that also knows this resource. */
    public TaskIntegrations with(String resource, TaskIntegration integration) {
        Map<String, TaskIntegration> more = new LinkedHashMap<>(exact);
        more.put(resource, integration);
        return new TaskIntegrations(more, functions, partition);
    }

    /** What stands behind a resource; empty when nothing does. */
    public Optional<TaskIntegration> find(String resource) {
        if (partition.isForeign(resource)) {
            return Optional.of(_ -> CompletableFuture.completedFuture(TaskOutcome.failed(
                    "States.Runtime", "The resource belongs to a different partition: " + resource)));
        }
        TaskIntegration found = exact.get(Partition.plain(resource));
        if (found != null) {
            return Optional.of(found);
        }
        return isFunction(resource) ? functions : Optional.empty();
    }

    /** Whether a resource is the ARN of a Lambda function rather than an integration of the service. */
    public static boolean isFunction(String resource) {
        return Partition.plain(resource).startsWith(LAMBDA_FUNCTION);
    }

    private static CompletionStage<TaskOutcome> invoke(LambdaFunctions lambda, TaskRequest request) {
        String function = request.arguments().path("FunctionName").asText("");
        if (function.isEmpty()) {
            return CompletableFuture.completedFuture(TaskOutcome.failed(
                    "States.Runtime", "The argument FunctionName of " + LAMBDA_INVOKE + " is missing or empty."));
        }
        ObjectNode empty = JsonNodeFactory.instance.objectNode();
        return lambda.invoke(
                        function,
                        request.arguments().has("Payload") ? request.arguments().get("Payload") : empty)
                .thenApply(TaskIntegrations::wrapped);
    }

    private static TaskOutcome wrapped(TaskOutcome outcome) {
        return switch (outcome) {
            case TaskOutcome.Failed failed -> failed;
            case TaskOutcome.Succeeded(var payload) -> {
                ObjectNode result = JsonNodeFactory.instance.objectNode();
                result.put("ExecutedVersion", "$LATEST");
                result.set("Payload", payload);
                result.put("StatusCode", 200);
                yield TaskOutcome.succeeded(result);
            }
        };
    }
}
