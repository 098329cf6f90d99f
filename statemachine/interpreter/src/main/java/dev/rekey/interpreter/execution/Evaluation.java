package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.definition.After;
import dev.rekey.interpreter.definition.Bindings;
import dev.rekey.interpreter.definition.EvaluationException;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.definition.Template;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Computes the templates of the state that a frame is in. */
final class Evaluation {
    private final Progress progress;
    private final Frame frame;
    private final ObjectNode states = Json.object();
    private final Bindings bindings;

    Evaluation(Progress progress, Frame frame, Instant now, RandomGenerator random) {
        this.progress = progress;
        this.frame = frame;
        states.set("input", frame.input());
        states.set("context", context());
        this.bindings = new Bindings(states, frame::variable, now, random);
    }

    /** Adds {@code $states.result}. To be called before the first template is computed, as the other with-methods. */
    Evaluation withResult(JsonNode result) {
        states.set("result", result);
        return this;
    }

    Evaluation withError(Phase.Failure failure) {
        ObjectNode output = states.putObject("errorOutput");
        output.put("Error", failure.error());
        failure.cause().ifPresent(cause -> output.put("Cause", cause));
        return this;
    }

    Evaluation withToken(String token) {
        ((ObjectNode) states.get("context")).putObject("Task").put("Token", token);
        return this;
    }

    Evaluation withItem(ObjectNode item) {
        ((ObjectNode) states.get("context")).putObject("Map").set("Item", item);
        return this;
    }

    JsonNode compute(Template template) throws EvaluationException {
        return template.evaluate(bindings);
    }

    JsonNode compute(Optional<Template> template, JsonNode standard) throws EvaluationException {
        return template.isPresent() ? template.get().evaluate(bindings) : standard;
    }

    /** A number of at least zero that the document may compute. */
    double number(Template template, String field) throws EvaluationException {
        JsonNode value = compute(template);
        if (!value.isNumber() || value.doubleValue() < 0) {
            throw new EvaluationException("The field '" + field + "' must be a number that is not negative, not "
                    + value.getNodeType() + " " + (value.isNumber() ? value.asText() : ""));
        }
        return value.doubleValue();
    }

    long count(Optional<Template> template, String field, long standard) throws EvaluationException {
        return template.isPresent() ? (long) number(template.get(), field) : standard;
    }

    /** All variables of an Assign, each computed with the values from before it. */
    Map<String, JsonNode> assign(After after) throws EvaluationException {
        Map<String, JsonNode> assigned = new LinkedHashMap<>();
        for (Map.Entry<String, Template> variable : after.assign().entrySet()) {
            assigned.put(variable.getKey(), compute(variable.getValue()));
        }
        return assigned;
    }

    private ObjectNode context() {
        Identity identity = progress.identity();
        ObjectNode context = Json.object();
        ObjectNode execution = context.putObject("Execution")
                .put("Id", identity.arn())
                .put("Name", identity.name())
                .put("RoleArn", identity.roleArn())
                .put("StartTime", progress.started().toString())
                .put("RedriveCount", progress.redriveCount());
        execution.set("Input", progress.input());
        progress.redriven().ifPresent(time -> execution.put("RedriveTime", time.toString()));
        context.putObject("StateMachine")
                .put("Id", identity.stateMachineArn())
                .put("Name", identity.stateMachineName());
        context.putObject("State")
                .put("EnteredTime", frame.entered().toString())
                .put("Name", frame.stateName().orElse(""))
                .put("RetryCount", frame.retryCount());
        frame.mapItem().ifPresent(item -> context.putObject("Map").set("Item", item));
        return context;
    }
}
