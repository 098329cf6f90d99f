package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.interpreter.ports.LambdaFunctions;
import dev.rekey.interpreter.ports.TaskOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Functions that do what a case says, call by call; the last behaviour repeats. */
final class ScriptedFunctions implements LambdaFunctions {
    private final VirtualTime time;
    private final JsonNode script;
    private final Map<String, List<JsonNode>> calls = new HashMap<>();

    ScriptedFunctions(VirtualTime time, JsonNode script) {
        this.time = time;
        this.script = script;
    }

    /** The payloads that a function got, in order. */
    List<JsonNode> calls(String function) {
        return calls.getOrDefault(function, List.of());
    }

    @Override
    public CompletionStage<TaskOutcome> invoke(String function, JsonNode payload) {
        List<JsonNode> earlier = calls.computeIfAbsent(function, name -> new ArrayList<>());
        earlier.add(payload);
        JsonNode behaviours = script.path(function);
        if (behaviours.isEmpty()) {
            return CompletableFuture.completedFuture(
                    TaskOutcome.failed("Lambda.ResourceNotFoundException", "No function " + function));
        }
        JsonNode behaviour = behaviours.get(Math.min(earlier.size(), behaviours.size()) - 1);
        CompletableFuture<TaskOutcome> result = new CompletableFuture<>();
        if (behaviour.has("never")) {
            return result;
        }
        Duration delay =
                Duration.ofMillis((long) (behaviour.path("delaySeconds").asDouble(0) * 1_000));
        if (delay.isZero()) {
            result.complete(outcome(behaviour, payload));
        } else {
            time.at(time.instant().plus(delay), () -> result.complete(outcome(behaviour, payload)));
        }
        return result;
    }

    private static TaskOutcome outcome(JsonNode behaviour, JsonNode payload) {
        JsonNode rule = behaviour.path("failWhen");
        boolean fails = behaviour.has("fail")
                && (rule.isMissingNode() || payload.path(rule.asText()).asBoolean());
        if (fails) {
            JsonNode failure = behaviour.get("fail");
            return new TaskOutcome.Failed(
                    failure.get("error").textValue(),
                    Optional.ofNullable(failure.get("cause")).map(JsonNode::textValue));
        }
        if (behaviour.has("large")) {
            return TaskOutcome.succeeded(com.fasterxml.jackson.databind.node.TextNode.valueOf(
                    "x".repeat(behaviour.get("large").intValue())));
        }
        return TaskOutcome.succeeded(behaviour.has("succeed") ? behaviour.get("succeed") : payload);
    }
}
