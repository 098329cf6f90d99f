package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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
import dev.rekey.interpreter.api.StartedExecution;
import dev.rekey.interpreter.api.StateMachineArn;
import dev.rekey.interpreter.api.StateMachineDescription;
import dev.rekey.interpreter.api.StepFunctionsException;
import dev.rekey.interpreter.api.StepFunctionsException.Code;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.definition.Names;
import dev.rekey.interpreter.ports.Ports;
import dev.rekey.interpreter.ports.Settings;
import dev.rekey.interpreter.ports.Unfinished;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** All executions of a store: starts them, tells of them, stops them and lets them go on. */
public final class Executions {
    private static final Duration REDRIVABLE_FOR = Duration.ofDays(14);

    private final Workshop workshop;
    private final StateMachines machines;

    public Executions(Settings settings, Ports ports, Arns arns, StateMachines machines, RandomGenerator random) {
        this.workshop = new Workshop(settings, ports, arns, machines, random);
        this.machines = machines;
    }

    /** Takes up what had not ended, one way or the other. */
    public void open(Unfinished unfinished) {
        for (String mark : workshop.store().list(StoreKeys.ACTIVE)) {
            String arn = workshop.store().get(StoreKeys.ACTIVE + "/" + mark).orElseThrow();
            Optional<Progress> progress = workshop.load(arn);
            if (progress.isPresent()) {
                takeUp(workshop.employ(progress.get()), unfinished);
            } else {
                // The mark came first and the process died before the execution's start was written.
                workshop.store().delete(StoreKeys.ACTIVE + "/" + mark);
            }
        }
    }

    private void takeUp(Execution execution, Unfinished unfinished) {
        switch (unfinished) {
            case Unfinished.GoesOn() -> workshop.execute(execution::resume);
            case Unfinished.IsAborted(var error, var cause) -> {
                if (!execution.abort(Optional.of(error), Optional.of(cause))) {
                    // It had ended, but its Map Runs had not been closed yet.
                    workshop.execute(execution::resume);
                }
            }
        }
    }

    public void close() {
        workshop.close();
    }

    public MapRunQueries mapRuns() {
        return new MapRunQueries(workshop);
    }

    public TaskAnswers tasks() {
        return new TaskAnswers(workshop);
    }

    /** See {@link dev.rekey.interpreter.api.StepFunctions#startExecution}. */
    public StartedExecution start(StateMachineArn arn, Optional<String> name, Optional<String> input) {
        StateMachineDescription machine = machines.describe(arn);
        String given = input.orElse("{}");
        JsonNode tree = payload(given, Code.INVALID_EXECUTION_INPUT, "Invalid State Machine Execution Input");
        String chosen = name.orElseGet(() -> dev.rekey.interpreter.definition.Uuids.next(workshop.random()));
        if (!Names.valid(chosen)) {
            throw new StepFunctionsException(
                    Code.INVALID_NAME,
                    "Invalid Name: '" + chosen + "'. A name has 1 to 80 characters, " + Names.RULE + ".");
        }
        Identity identity = new Identity(
                workshop.arns().execution(machine.name(), chosen),
                chosen,
                machine.arn().value(),
                machine.name(),
                machine.roleArn(),
                machine.revisionId(),
                Optional.empty());
        return start(identity, tree, given);
    }

    /** One start at a time, so that two of the same name cannot both find the name free. */
    private synchronized StartedExecution start(Identity identity, JsonNode input, String text) {
        if (workshop.store().exists(workshop.places().executionJournal(identity.arn()))) {
            Optional<Progress> existing = workshop.load(identity.arn());
            if (existing.isPresent()) {
                return existing(existing.get(), input);
            }
        }
        Entry start = Starts.entry(identity, input, text, workshop.now());
        Execution execution = workshop.create(start, identity);
        workshop.execute(execution::begin);
        return new StartedExecution(new ExecutionArn(identity.arn()), start.at());
    }

    private static StartedExecution existing(Progress progress, JsonNode input) {
        if (progress.isRunning() && progress.input().equals(input)) {
            return new StartedExecution(new ExecutionArn(progress.identity().arn()), progress.started());
        }
        throw new StepFunctionsException(
                Code.EXECUTION_ALREADY_EXISTS,
                "Execution Already Exists: '" + progress.identity().arn() + "'. Nothing was started."
                        + " Choose another name.");
    }

    static JsonNode payload(String text, Code code, String what) {
        try {
            JsonNode tree = Json.parse(text);
            if (Limits.bytes(text) > Limits.PAYLOAD_BYTES) {
                throw new StepFunctionsException(code, what + ": it has more than " + Limits.PAYLOAD_BYTES + " bytes.");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new StepFunctionsException(code, what + ": '" + e.getOriginalMessage() + "'");
        }
    }

    /** See {@link dev.rekey.interpreter.api.StepFunctions#describeExecution}. */
    public ExecutionDescription describe(ExecutionArn arn) {
        return look(arn, Descriptions::of);
    }

    /** The state machine as it was when the execution started. */
    public StateMachineDescription machineOf(ExecutionArn arn) {
        return machines.revision(look(arn, progress -> progress.identity().revision()));
    }

    /** Looks at an execution while it does not change. */
    private <T> T look(ExecutionArn arn, Function<Progress, T> reader) {
        Optional<Execution> working = workshop.working(arn.value());
        if (working.isPresent()) {
            AtomicReference<T> seen = new AtomicReference<>();
            working.get().look(progress -> seen.set(reader.apply(progress)));
            return seen.get();
        }
        return reader.apply(loaded(arn));
    }

    private Progress loaded(ExecutionArn arn) {
        return workshop.load(arn.value()).orElseThrow(() -> missing(arn));
    }

    static StepFunctionsException missing(ExecutionArn arn) {
        return new StepFunctionsException(
                Code.EXECUTION_DOES_NOT_EXIST, "Execution Does Not Exist: '" + arn.value() + "'");
    }

    /** See {@link dev.rekey.interpreter.api.StepFunctions#listExecutions}. */
    public ListResult<ExecutionItem> list(ExecutionParent parent, Optional<ExecutionStatus> status, ListRequest page) {
        switch (parent) {
            case StateMachineArn machine -> machines.describe(machine);
            case MapRunArn run -> mapRuns().describe(run);
        }
        List<ExecutionItem> items = workshop.catalogs().list(parent.value()).stream()
                .filter(item -> status.isEmpty() || item.status() == status.get())
                .toList();
        return Pagination.of(items, page);
    }

    /** See {@link dev.rekey.interpreter.api.StepFunctions#getExecutionHistory}. */
    public ListResult<HistoryEvent> history(ExecutionArn arn, HistoryOrder order, ListRequest page) {
        List<String> events = workshop.store().lines(workshop.places().executionJournal(arn.value())).stream()
                .filter(Entry::showsEvent)
                .toList();
        if (events.isEmpty()) {
            throw missing(arn);
        }
        ListResult<String> lines = Pagination.of(
                switch (order) {
                    case OLDEST_FIRST -> events;
                    case NEWEST_FIRST -> events.reversed();
                },
                page);
        return new ListResult<>(
                lines.items().stream()
                        .map(line -> Entry.fromLine(line).toEvent())
                        .toList(),
                lines.nextToken());
    }

    /** See {@link dev.rekey.interpreter.api.StepFunctions#stopExecution}. */
    public Instant stop(ExecutionArn arn, Optional<String> error, Optional<String> cause) {
        workshop.working(arn.value())
                .or(() -> workshop.load(arn.value()).filter(Progress::isRunning).map(workshop::employ))
                .ifPresent(execution -> execution.abort(error, cause));
        return look(arn, progress -> progress.stopped().orElseThrow());
    }

    /** See {@link dev.rekey.interpreter.api.StepFunctions#redriveExecution}. */
    public synchronized Instant redrive(ExecutionArn arn) {
        Progress progress = look(arn, Function.identity());
        Optional<String> hindrance = Descriptions.hindrance(progress)
                .or(() -> progress.stopped()
                        .filter(time -> time.plus(REDRIVABLE_FOR).isBefore(workshop.now()))
                        .map(time -> "it ended more than 14 days ago"));
        if (hindrance.isPresent()) {
            throw new StepFunctionsException(
                    Code.EXECUTION_NOT_REDRIVABLE,
                    "Cannot redrive execution '" + arn.value() + "': " + hindrance.get()
                            + ". Nothing was changed. Start a new execution.");
        }
        Execution execution = workshop.employAgain(progress);
        execution.redrive();
        workshop.catalogs().update(progress);
        workshop.execute(execution::proceed);
        return progress.redriven().orElseThrow();
    }
}
