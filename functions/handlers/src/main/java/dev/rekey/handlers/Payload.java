package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.workflow.Task;
import java.nio.charset.StandardCharsets;

/** The JSON that a state of the workflow passes to its function. */
record Payload(JsonNode input) {
    /** What every function but the first is told. */
    Task task() {
        return new Task(
                run(),
                new RunId(input.required("task").textValue()),
                input.required("epoch").intValue(),
                Action.of(text("action")),
                input.path("concurrency").asInt(WorkflowDocument.CONCURRENCY));
    }

    private RunId run() {
        return new RunId(input.required("run").textValue());
    }

    /** Whether the function is to ask for the permissions that it needs, and to do nothing else. */
    boolean asksForAccess() {
        return input.path("access").asBoolean();
    }

    /** Empty where there is none. */
    String text(String name) {
        return input.path(name).asText("");
    }

    /** The item of the Distributed Map. */
    WorkItem item() {
        return Documents.decode(
                new RunFolder(run()).key("the work item"),
                input.required("item").toString().getBytes(StandardCharsets.UTF_8),
                WorkItem.class);
    }
}
