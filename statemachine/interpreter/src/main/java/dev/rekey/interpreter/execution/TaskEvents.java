package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.definition.State;
import dev.rekey.interpreter.ports.Partition;
import dev.rekey.interpreter.ports.TaskIntegrations;

/** How the history shows a task: plain Lambda functions have events of their own. */
final class TaskEvents {
    private static final String INTEGRATION = "arn:aws:states:::";

    private final Execution execution;
    private final State.Task task;
    private final boolean function;

    TaskEvents(Execution execution, State.Task task) {
        this.execution = execution;
        this.task = task;
        this.function = TaskIntegrations.isFunction(task.resource());
    }

    Entry scheduled(Entry entry, JsonNode arguments, String text, long timeout, long heartbeat) {
        ObjectNode details = function ? Json.object().put("resource", task.resource()) : integration();
        if (timeout > 0) {
            details.put("timeoutInSeconds", timeout);
        }
        if (function) {
            return entry.event("LambdaFunctionScheduled", "lambdaFunctionScheduledEventDetails", details)
                    .payload("input", arguments, text);
        }
        if (heartbeat > 0) {
            details.put("heartbeatInSeconds", heartbeat);
        }
        details.put("region", execution.workshop().settings().region()).put("parameters", text);
        return entry.event("TaskScheduled", "taskScheduledEventDetails", details);
    }

    Entry started(Entry entry) {
        return function
                ? entry.event("LambdaFunctionStarted")
                : entry.event("TaskStarted", "taskStartedEventDetails", integration());
    }

    Entry submitted(Entry entry, JsonNode output) {
        return entry.event("TaskSubmitted", "taskSubmittedEventDetails", integration())
                .payload("output", output, Json.text(output));
    }

    Entry succeeded(Entry entry, JsonNode output, String text) {
        return (function
                        ? entry.event("LambdaFunctionSucceeded", "lambdaFunctionSucceededEventDetails", Json.object())
                        : entry.event("TaskSucceeded", "taskSucceededEventDetails", integration()))
                .payload("output", output, text);
    }

    Entry failed(Entry entry, Phase.Failure failure) {
        return function
                ? entry.event(
                        "LambdaFunctionFailed", "lambdaFunctionFailedEventDetails", Tasks.shown(Json.object(), failure))
                : entry.event("TaskFailed", "taskFailedEventDetails", Tasks.shown(integration(), failure));
    }

    Entry timedOut(Entry entry, Phase.Failure failure) {
        return function
                ? entry.event(
                        "LambdaFunctionTimedOut",
                        "lambdaFunctionTimedOutEventDetails",
                        Tasks.shown(Json.object(), failure))
                : entry.event("TaskTimedOut", "taskTimedOutEventDetails", Tasks.shown(integration(), failure));
    }

    /** Of {@code arn:aws:states:::lambda:invoke} the type is {@code lambda}, the resource {@code invoke}. */
    private ObjectNode integration() {
        String resource = Partition.plain(task.resource());
        String name = resource.startsWith(INTEGRATION) ? resource.substring(INTEGRATION.length()) : resource;
        int colon = name.lastIndexOf(':');
        String suffix = task.callback() == State.Callback.TASK_TOKEN ? ".waitForTaskToken" : "";
        return Json.object()
                .put("resourceType", colon < 0 ? name : name.substring(0, colon))
                .put("resource", name.substring(colon + 1) + suffix);
    }
}
