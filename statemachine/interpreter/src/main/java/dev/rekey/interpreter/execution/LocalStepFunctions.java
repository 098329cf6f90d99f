package dev.rekey.interpreter.execution;

import dev.rekey.interpreter.api.ExecutionArn;
import dev.rekey.interpreter.api.ExecutionDescription;
import dev.rekey.interpreter.api.ExecutionItem;
import dev.rekey.interpreter.api.ExecutionParent;
import dev.rekey.interpreter.api.ExecutionStatus;
import dev.rekey.interpreter.api.HistoryEvent;
import dev.rekey.interpreter.api.HistoryOrder;
import dev.rekey.interpreter.api.ListRequest;
import dev.rekey.interpreter.api.ListResult;
import dev.rekey.interpreter.api.MapRunArn;
import dev.rekey.interpreter.api.MapRunDescription;
import dev.rekey.interpreter.api.MapRunItem;
import dev.rekey.interpreter.api.StartedExecution;
import dev.rekey.interpreter.api.StateMachineArn;
import dev.rekey.interpreter.api.StateMachineDescription;
import dev.rekey.interpreter.api.StateMachineItem;
import dev.rekey.interpreter.api.StateMachineType;
import dev.rekey.interpreter.api.StepFunctions;
import dev.rekey.interpreter.api.Validation;
import dev.rekey.interpreter.definition.DocumentParser;
import dev.rekey.interpreter.definition.Uuids;
import dev.rekey.interpreter.ports.Ports;
import dev.rekey.interpreter.ports.Settings;
import dev.rekey.interpreter.ports.TaskToken;
import dev.rekey.interpreter.ports.Unfinished;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Puts the parts together. */
public final class LocalStepFunctions implements StepFunctions {
    private final StateMachines machines;
    private final Executions executions;

    private LocalStepFunctions(Settings settings, Ports ports) {
        Arns arns = new Arns(settings);
        RandomGenerator random = new SharedRandom(ports.random());
        DocumentParser parser =
                new DocumentParser(resource -> ports.tasks().find(resource).isPresent());
        this.machines = new StateMachines(
                ports.store(),
                arns,
                parser,
                () -> ports.timers().instant().truncatedTo(ChronoUnit.MILLIS),
                () -> Uuids.next(random));
        this.executions = new Executions(settings, ports, arns, machines, random);
    }

    /** Opens the service and lets every unfinished execution go on. */
    public static StepFunctions open(Settings settings, Ports ports) {
        return open(settings, ports, new Unfinished.GoesOn());
    }

    /** Opens the service and decides what becomes of every unfinished execution. */
    public static StepFunctions open(Settings settings, Ports ports, Unfinished unfinished) {
        var service = new LocalStepFunctions(settings, ports);
        service.executions.open(unfinished);
        return service;
    }

    @Override
    public void close() {
        executions.close();
    }

    @Override
    public StateMachineDescription createStateMachine(
            String name, String definition, String roleArn, StateMachineType type) {
        return machines.create(name, definition, roleArn, type);
    }

    @Override
    public StateMachineDescription updateStateMachine(
            StateMachineArn arn, Optional<String> definition, Optional<String> roleArn) {
        return machines.update(arn, definition, roleArn);
    }

    @Override
    public StateMachineDescription describeStateMachine(StateMachineArn arn) {
        return machines.describe(arn);
    }

    @Override
    public StateMachineDescription describeStateMachineForExecution(ExecutionArn arn) {
        return executions.machineOf(arn);
    }

    @Override
    public ListResult<StateMachineItem> listStateMachines(ListRequest page) {
        return Pagination.of(
                machines.all().stream()
                        .map(machine -> new StateMachineItem(
                                machine.arn(), machine.name(), machine.type(), machine.creationDate()))
                        .toList(),
                page);
    }

    @Override
    public void deleteStateMachine(StateMachineArn arn) {
        machines.delete(arn);
    }

    @Override
    public Validation validateStateMachineDefinition(String definition) {
        return new Validation(machines.validate(definition).findings());
    }

    @Override
    public StartedExecution startExecution(StateMachineArn arn, Optional<String> name, Optional<String> input) {
        return executions.start(arn, name, input);
    }

    @Override
    public ExecutionDescription describeExecution(ExecutionArn arn) {
        return executions.describe(arn);
    }

    @Override
    public ListResult<ExecutionItem> listExecutions(
            ExecutionParent parent, Optional<ExecutionStatus> status, ListRequest page) {
        return executions.list(parent, status, page);
    }

    @Override
    public Instant stopExecution(ExecutionArn arn, Optional<String> error, Optional<String> cause) {
        return executions.stop(arn, error, cause);
    }

    @Override
    public ListResult<HistoryEvent> getExecutionHistory(ExecutionArn arn, HistoryOrder order, ListRequest page) {
        return executions.history(arn, order, page);
    }

    @Override
    public Instant redriveExecution(ExecutionArn arn) {
        return executions.redrive(arn);
    }

    @Override
    public ListResult<MapRunItem> listMapRuns(ExecutionArn arn, ListRequest page) {
        return executions.mapRuns().list(arn, page);
    }

    @Override
    public MapRunDescription describeMapRun(MapRunArn arn) {
        return executions.mapRuns().describe(arn);
    }

    @Override
    public void sendTaskSuccess(TaskToken token, String output) {
        executions.tasks().success(token, output);
    }

    @Override
    public void sendTaskFailure(TaskToken token, Optional<String> error, Optional<String> cause) {
        executions.tasks().failure(token, error, cause);
    }

    @Override
    public void sendTaskHeartbeat(TaskToken token) {
        executions.tasks().heartbeat(token);
    }

    /** One source of chance for many threads. */
    private static final class SharedRandom implements RandomGenerator {
        private final RandomGenerator source;

        SharedRandom(RandomGenerator source) {
            this.source = source;
        }

        @Override
        public synchronized long nextLong() {
            return source.nextLong();
        }
    }
}
