package dev.rekey.local.stepfunctions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.api.ExecutionDescription;
import dev.rekey.interpreter.api.ExecutionItem;
import dev.rekey.interpreter.api.HistoryEvent;
import dev.rekey.interpreter.api.MapRunArn;
import dev.rekey.interpreter.api.MapRunCounts;
import dev.rekey.interpreter.api.MapRunDescription;
import dev.rekey.interpreter.api.MapRunItem;
import dev.rekey.interpreter.api.StateMachineDescription;
import dev.rekey.interpreter.api.StateMachineItem;
import dev.rekey.interpreter.api.Validation;
import java.util.List;

/** The interpreter's records as the service writes them. */
final class Answers {
    /** Payloads are left out of a history that is asked for without execution data. */
    private static final List<String> PAYLOADS = List.of("input", "inputDetails", "output", "outputDetails");

    private Answers() {}

    static ObjectNode stateMachine(StateMachineDescription machine) {
        return new Json()
                .text("stateMachineArn", machine.arn().value())
                .text("name", machine.name())
                .text("status", "ACTIVE")
                .text("definition", machine.definition())
                .text("roleArn", machine.roleArn())
                .text("type", machine.type().name())
                .time("creationDate", machine.creationDate())
                .object("loggingConfiguration", logging())
                .object(
                        "tracingConfiguration",
                        new Json().flag("enabled", false).build())
                .text("revisionId", machine.revisionId())
                .build();
    }

    static ObjectNode stateMachineForExecution(StateMachineDescription machine) {
        return new Json()
                .text("stateMachineArn", machine.arn().value())
                .text("name", machine.name())
                .text("definition", machine.definition())
                .text("roleArn", machine.roleArn())
                .time("updateDate", machine.updateDate())
                .object("loggingConfiguration", logging())
                .object(
                        "tracingConfiguration",
                        new Json().flag("enabled", false).build())
                .text("revisionId", machine.revisionId())
                .build();
    }

    private static ObjectNode logging() {
        return new Json()
                .text("level", "OFF")
                .flag("includeExecutionData", false)
                .build();
    }

    static ObjectNode item(StateMachineItem machine) {
        return new Json()
                .text("stateMachineArn", machine.arn().value())
                .text("name", machine.name())
                .text("type", machine.type().name())
                .time("creationDate", machine.creationDate())
                .build();
    }

    static ObjectNode validation(Validation validation) {
        ObjectNode answer = new Json()
                .text("result", validation.ok() ? "OK" : "FAIL")
                .flag("truncated", false)
                .build();
        ArrayNode diagnostics = answer.putArray("diagnostics");
        validation
                .diagnostics()
                .forEach(found -> diagnostics.add(new Json()
                        .text("severity", found.severity().name())
                        .text("code", found.code())
                        .text("message", found.message())
                        .text("location", found.location())
                        .build()));
        return answer;
    }

    static ObjectNode execution(ExecutionDescription execution) {
        ObjectNode included = new Json().flag("included", true).build();
        Json answer = item(execution.item(), new Json())
                .text("input", execution.input())
                .object("inputDetails", included)
                .text("output", execution.output())
                .text("error", execution.error())
                .text("cause", execution.cause())
                .text("redriveStatus", execution.redriveStatus())
                .text("redriveStatusReason", execution.redriveStatusReason());
        execution.output().ifPresent(output -> answer.object("outputDetails", included));
        return answer.build();
    }

    static ObjectNode item(ExecutionItem execution) {
        Json answer = item(execution, new Json());
        execution.itemCount().ifPresent(count -> answer.number("itemCount", count));
        return answer.build();
    }

    private static Json item(ExecutionItem execution, Json answer) {
        return answer.text("executionArn", execution.arn().value())
                .text("stateMachineArn", execution.stateMachineArn().value())
                .text("name", execution.name())
                .text("status", execution.status().name())
                .time("startDate", execution.startDate())
                .time("stopDate", execution.stopDate())
                .text("mapRunArn", execution.mapRunArn().map(MapRunArn::value))
                .number("redriveCount", execution.redriveCount())
                .time("redriveDate", execution.redriveDate());
    }

    static ObjectNode event(HistoryEvent event, boolean payloads) {
        Json answer = new Json()
                .time("timestamp", event.timestamp())
                .text("type", event.type())
                .number("id", event.id())
                .number("previousEventId", event.previousEventId());
        event.details().ifPresent(details -> {
            ObjectNode value = details.value().deepCopy();
            answer.object(details.member(), payloads ? value : value.without(PAYLOADS));
        });
        return answer.build();
    }

    static ObjectNode item(MapRunItem run) {
        return item(run, new Json()).build();
    }

    private static Json item(MapRunItem run, Json answer) {
        return answer.text("executionArn", run.executionArn().value())
                .text("mapRunArn", run.arn().value())
                .text("stateMachineArn", run.stateMachineArn().value())
                .time("startDate", run.startDate())
                .time("stopDate", run.stopDate());
    }

    static ObjectNode mapRun(MapRunDescription run) {
        return item(run.item(), new Json())
                .text("status", run.status().name())
                .number("maxConcurrency", run.maxConcurrency())
                .decimal("toleratedFailurePercentage", run.toleratedFailurePercentage())
                .number("toleratedFailureCount", run.toleratedFailureCount())
                .object("itemCounts", counts(run.itemCounts()))
                .object("executionCounts", counts(run.executionCounts()))
                .number("redriveCount", run.redriveCount())
                .time("redriveDate", run.redriveDate())
                .build();
    }

    private static ObjectNode counts(MapRunCounts counts) {
        return new Json()
                .number("pending", counts.pending())
                .number("running", counts.running())
                .number("succeeded", counts.succeeded())
                .number("failed", counts.failed())
                .number("timedOut", counts.timedOut())
                .number("aborted", counts.aborted())
                .number("total", counts.total())
                .number("resultsWritten", counts.resultsWritten())
                .number("failuresNotRedrivable", counts.failuresNotRedrivable())
                .number("pendingRedrive", counts.pendingRedrive())
                .build();
    }
}
