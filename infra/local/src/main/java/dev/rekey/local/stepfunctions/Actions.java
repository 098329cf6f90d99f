package dev.rekey.local.stepfunctions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.api.ExecutionArn;
import dev.rekey.interpreter.api.ExecutionParent;
import dev.rekey.interpreter.api.ExecutionStatus;
import dev.rekey.interpreter.api.HistoryOrder;
import dev.rekey.interpreter.api.MapRunArn;
import dev.rekey.interpreter.api.StartedExecution;
import dev.rekey.interpreter.api.StateMachineArn;
import dev.rekey.interpreter.api.StateMachineDescription;
import dev.rekey.interpreter.api.StateMachineType;
import dev.rekey.interpreter.api.StepFunctions;
import dev.rekey.interpreter.ports.TaskToken;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The service's actions, by name. */
final class Actions {
    private final StepFunctions service;

    Actions(StepFunctions service) {
        this.service = service;
    }

    /** What an action does; empty if there is no such action here. */
    Optional<Function<Parameters, ObjectNode>> find(String name) {
        Function<Parameters, ObjectNode> action = switch (name) {
            case "CreateStateMachine" -> this::createStateMachine;
            case "UpdateStateMachine" -> this::updateStateMachine;
            case "DescribeStateMachine" -> in -> Answers.stateMachine(service.describeStateMachine(machine(in)));
            case "DescribeStateMachineForExecution" ->
                in -> Answers.stateMachineForExecution(service.describeStateMachineForExecution(execution(in)));
            case "ListStateMachines" ->
                in -> new Json()
                        .page("stateMachines", service.listStateMachines(in.page()), Answers::item)
                        .build();
            case "DeleteStateMachine" -> this::deleteStateMachine;
            case "ValidateStateMachineDefinition" ->
                in -> Answers.validation(service.validateStateMachineDefinition(in.required("definition")));
            case "StartExecution" -> this::startExecution;
            case "DescribeExecution" -> in -> Answers.execution(service.describeExecution(execution(in)));
            case "ListExecutions" -> this::listExecutions;
            case "StopExecution" -> this::stopExecution;
            case "GetExecutionHistory" -> this::getExecutionHistory;
            case "RedriveExecution" ->
                in -> new Json()
                        .time("redriveDate", service.redriveExecution(execution(in)))
                        .build();
            case "ListMapRuns" ->
                in -> new Json()
                        .page("mapRuns", service.listMapRuns(execution(in), in.page()), Answers::item)
                        .build();
            case "DescribeMapRun" ->
                in -> Answers.mapRun(service.describeMapRun(new MapRunArn(in.required("mapRunArn"))));
            case "SendTaskSuccess" -> this::sendTaskSuccess;
            case "SendTaskFailure" -> this::sendTaskFailure;
            case "SendTaskHeartbeat" -> this::sendTaskHeartbeat;
            default -> null;
        };
        return Optional.ofNullable(action);
    }

    private ObjectNode createStateMachine(Parameters in) {
        StateMachineDescription created = service.createStateMachine(
                in.required("name"),
                in.required("definition"),
                in.required("roleArn"),
                in.optional("type")
                        .map(type -> oneOf("type", type, StateMachineType.values()))
                        .orElse(StateMachineType.STANDARD));
        return new Json()
                .text("stateMachineArn", created.arn().value())
                .time("creationDate", created.creationDate())
                .build();
    }

    private ObjectNode updateStateMachine(Parameters in) {
        StateMachineDescription updated =
                service.updateStateMachine(machine(in), in.optional("definition"), in.optional("roleArn"));
        return new Json()
                .time("updateDate", updated.updateDate())
                .text("revisionId", updated.revisionId())
                .build();
    }

    private ObjectNode deleteStateMachine(Parameters in) {
        service.deleteStateMachine(machine(in));
        return Json.empty();
    }

    private ObjectNode startExecution(Parameters in) {
        StartedExecution started = service.startExecution(machine(in), in.optional("name"), in.optional("input"));
        return new Json()
                .text("executionArn", started.arn().value())
                .time("startDate", started.startDate())
                .build();
    }

    private ObjectNode listExecutions(Parameters in) {
        Optional<ExecutionParent> mapRun = in.optional("mapRunArn").map(MapRunArn::new);
        ExecutionParent parent = mapRun.orElseGet(() -> machine(in));
        Optional<ExecutionStatus> status =
                in.optional("statusFilter").map(value -> oneOf("statusFilter", value, ExecutionStatus.values()));
        return new Json()
                .page("executions", service.listExecutions(parent, status, in.page()), Answers::item)
                .build();
    }

    private ObjectNode stopExecution(Parameters in) {
        return new Json()
                .time("stopDate", service.stopExecution(execution(in), in.optional("error"), in.optional("cause")))
                .build();
    }

    private ObjectNode getExecutionHistory(Parameters in) {
        HistoryOrder order = in.flag("reverseOrder", false) ? HistoryOrder.NEWEST_FIRST : HistoryOrder.OLDEST_FIRST;
        boolean payloads = in.flag("includeExecutionData", true);
        return new Json()
                .page(
                        "events",
                        service.getExecutionHistory(execution(in), order, in.page()),
                        event -> Answers.event(event, payloads))
                .build();
    }

    private ObjectNode sendTaskSuccess(Parameters in) {
        service.sendTaskSuccess(token(in), in.required("output"));
        return Json.empty();
    }

    private ObjectNode sendTaskFailure(Parameters in) {
        service.sendTaskFailure(token(in), in.optional("error"), in.optional("cause"));
        return Json.empty();
    }

    private ObjectNode sendTaskHeartbeat(Parameters in) {
        service.sendTaskHeartbeat(token(in));
        return Json.empty();
    }

    private static StateMachineArn machine(Parameters in) {
        return new StateMachineArn(in.required("stateMachineArn"));
    }

    private static ExecutionArn execution(Parameters in) {
        return new ExecutionArn(in.required("executionArn"));
    }

    private static TaskToken token(Parameters in) {
        return new TaskToken(in.required("taskToken"));
    }

    private static <E extends Enum<E>> E oneOf(String name, String value, E[] all) {
        return Arrays.stream(all)
                .filter(one -> one.name().equals(value))
                .findFirst()
                .orElseThrow(() -> Parameters.invalid("Value '" + value + "' at '" + name
                        + "' failed to satisfy constraint: Member must satisfy enum value set: "
                        + Arrays.toString(all)));
    }
}
