package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.interpreter.api.ExecutionArn;
import dev.rekey.interpreter.api.ExecutionDescription;
import dev.rekey.interpreter.api.HistoryEvent;
import dev.rekey.interpreter.api.HistoryOrder;
import dev.rekey.interpreter.api.ListRequest;
import dev.rekey.interpreter.api.ListResult;
import dev.rekey.interpreter.api.StateMachineArn;
import dev.rekey.interpreter.api.StateMachineType;
import dev.rekey.interpreter.api.StepFunctions;
import dev.rekey.interpreter.api.StepFunctionsException;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.ports.Ports;
import dev.rekey.interpreter.ports.Settings;
import dev.rekey.interpreter.ports.Store;
import dev.rekey.interpreter.ports.TaskIntegrations;
import dev.rekey.interpreter.ports.TaskToken;
import dev.rekey.interpreter.ports.Unfinished;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A service in virtual time with the functions and objects of one case. */
final class Bench {
    static final String ROLE = "arn:aws:iam::123456789012:role/test";
    static final Settings SETTINGS = new Settings("us-east-1", "123456789012", "Lambda.Unknown");

    static final StateMachineArn MACHINE =
            new StateMachineArn("arn:aws:states:us-east-1:123456789012:stateMachine:machine");

    private final VirtualTime time = new VirtualTime();
    private final MemoryObjects objects = new MemoryObjects();
    private final JsonNode test;
    private final Store store;
    private final ScriptedFunctions functions;
    private StepFunctions service;
    private long seed = 42;
    private ExecutionArn execution;

    Bench(Store store, JsonNode test) {
        this.store = store;
        this.test = test;
        this.functions = new ScriptedFunctions(time, test.path("functions"));
        test.path("objects")
                .properties()
                .forEach(object -> objects.put(
                        object.getKey(),
                        object.getValue().isTextual() ? object.getValue().textValue() : Json.text(object.getValue())));
    }

    void open() {
        open(store);
    }

    void open(Store used) {
        open(used, new Unfinished.GoesOn());
    }

    void open(Store used, Unfinished unfinished) {
        service = LocalStepFunctions.open(
                SETTINGS,
                new Ports(used, TaskIntegrations.lambda(functions), objects, time, new SplittableRandom(seed++), time),
                unfinished);
    }

    void start() {
        createMachine();
        startRun();
    }

    void createMachine() {
        service.createStateMachine("machine", Json.text(test.get("document")), ROLE, StateMachineType.STANDARD);
    }

    /** Starts the execution {@code run}, or finds it running; one that has ended stays as it is. */
    void startRun() {
        Optional<String> input = Optional.ofNullable(test.get("input")).map(Json::text);
        try {
            execution =
                    service.startExecution(MACHINE, Optional.of("run"), input).arn();
        } catch (StepFunctionsException e) {
            if (e.code() != StepFunctionsException.Code.EXECUTION_ALREADY_EXISTS) {
                throw e;
            }
        }
    }

    /** Does what a case wants to happen while the execution runs. */
    void play(JsonNode script) {
        for (JsonNode step : script) {
            time.runUntil(
                    VirtualTime.START.plusMillis((long) (step.path("atSeconds").asDouble(0) * 1_000)));
            if (step.has("stop")) {
                service.stopExecution(
                        execution,
                        Optional.ofNullable(step.get("stop").get("error")).map(JsonNode::textValue),
                        Optional.ofNullable(step.get("stop").get("cause")).map(JsonNode::textValue));
            } else if (step.has("redrive")) {
                service.redriveExecution(execution);
            } else if (step.has("answer")) {
                service.sendTaskSuccess(token(step), Json.text(step.get("answer")));
            } else if (step.has("refuse")) {
                service.sendTaskFailure(
                        token(step), Optional.of(step.get("refuse").textValue()), Optional.of("refused"));
            } else if (step.has("heartbeat")) {
                service.sendTaskHeartbeat(token(step));
            }
        }
    }

    private TaskToken token(JsonNode step) {
        List<JsonNode> calls = functions.calls(step.get("function").textValue());
        return new TaskToken(calls.getLast().get("token").textValue());
    }

    ExecutionDescription describe() {
        return service.describeExecution(execution);
    }

    List<HistoryEvent> history() {
        List<HistoryEvent> all = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            ListResult<HistoryEvent> page =
                    service.getExecutionHistory(execution, HistoryOrder.OLDEST_FIRST, new ListRequest(1_000, token));
            all.addAll(page.items());
            token = page.nextToken();
        } while (token.isPresent());
        return all;
    }

    ExecutionArn execution() {
        return execution;
    }

    void execution(ExecutionArn arn) {
        execution = arn;
    }

    StepFunctions service() {
        return service;
    }

    VirtualTime time() {
        return time;
    }

    MemoryObjects objects() {
        return objects;
    }

    ScriptedFunctions functions() {
        return functions;
    }
}
