package dev.rekey.interpreter.execution;

import dev.rekey.interpreter.definition.States;
import dev.rekey.interpreter.ports.ObjectStore;
import dev.rekey.interpreter.ports.Ports;
import dev.rekey.interpreter.ports.Settings;
import dev.rekey.interpreter.ports.Store;
import dev.rekey.interpreter.ports.TaskOutcome;
import dev.rekey.interpreter.ports.TaskRequest;
import dev.rekey.interpreter.ports.Timers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** What all executions share: the ports, and who is at work. Executions and Map Runs reach each other through it only. */
final class Workshop {
    private final Settings settings;
    private final Ports ports;
    private final Arns arns;
    private final StoreKeys places;
    private final StateMachines machines;
    private final RandomGenerator random;
    private final Catalogs catalogs;
    private final Map<String, Execution> working = new ConcurrentHashMap<>();
    private final MapRuns mapRuns = new MapRuns(this);
    private volatile boolean closed;

    Workshop(Settings settings, Ports ports, Arns arns, StateMachines machines, RandomGenerator random) {
        this.settings = settings;
        this.ports = ports;
        this.arns = arns;
        this.places = new StoreKeys(arns);
        this.machines = machines;
        this.random = random;
        this.catalogs = new Catalogs(ports.store(), places);
    }

    Settings settings() {
        return settings;
    }

    Arns arns() {
        return arns;
    }

    StoreKeys places() {
        return places;
    }

    StateMachines machines() {
        return machines;
    }

    Store store() {
        return ports.store();
    }

    ObjectStore objects() {
        return ports.objects();
    }

    Timers timers() {
        return ports.timers();
    }

    Catalogs catalogs() {
        return catalogs;
    }

    MapRuns mapRuns() {
        return mapRuns;
    }

    RandomGenerator random() {
        return random;
    }

    /** The time in milliseconds, as journals keep it. */
    Instant now() {
        return ports.timers().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    boolean isClosed() {
        return closed;
    }

    /** Returns when no worker writes any more. */
    void close() {
        closed = true;
        working.values().forEach(execution -> execution.look(progress -> {}));
        mapRuns.await();
    }

    void execute(Runnable action) {
        if (!closed) {
            try {
                ports.executor().execute(() -> runUnlessClosed(action));
            } catch (RejectedExecutionException e) {
                // The executor was closed before us: what is not done now is done when the store is opened again.
                closed = true;
            }
        }
    }

    private void runUnlessClosed(Runnable action) {
        if (!closed) {
            try {
                action.run();
            } catch (RuntimeException e) {
                // What the end of the service interrupts is done when the store is opened again, and is no failure.
                if (!closed) {
                    throw e;
                }
            }
        }
    }

    /** Runs a task on a thread of its own and hands over its outcome. */
    void run(TaskRequest request, Consumer<TaskOutcome> done) {
        execute(() -> {
            CompletionStage<TaskOutcome> stage = start(request);
            stage.whenComplete((outcome, failure) ->
                    execute(() -> done.accept(failure == null ? outcome : TaskFailures.unexpected(failure))));
        });
    }

    private CompletionStage<TaskOutcome> start(TaskRequest request) {
        try {
            return ports.tasks()
                    .find(request.resource())
                    .map(integration ->
                            Objects.requireNonNull(integration.run(request), "The integration gave no stage"))
                    .orElseGet(() -> TaskFailures.unknown(request.resource()));
        } catch (RuntimeException | Error e) {
            // Whatever an integration throws is the failure of its task; the execution must hear of it.
            return TaskFailures.failed(e);
        }
    }

    Optional<Execution> working(String executionArn) {
        return Optional.ofNullable(working.get(executionArn));
    }

    /** What the journal says of an execution; empty when there is none. */
    Optional<Progress> load(String executionArn) {
        List<String> lines = store().lines(places.executionJournal(executionArn));
        return lines.isEmpty() ? Optional.empty() : Optional.of(Progress.of(lines, this::states));
    }

    private States states(Identity identity) {
        var document = machines.document(identity.revision());
        return identity.child()
                .map(child -> document.map(child.mapState()).orElseThrow().processor())
                .orElse(document.states());
    }

    /** Writes down the start of an execution; {@link Execution#begin} sets it to work. */
    Execution create(Entry start, Identity identity) {
        Progress progress = new Progress(start, states(identity));
        if (identity.child().isEmpty()) {
            store().put(StoreKeys.active(identity.arn()), identity.arn());
        }
        store().append(places.executionJournal(identity.arn()), List.of(start.toLine()));
        return employ(progress);
    }

    /** Takes an execution among those at work. */
    Execution employ(Progress progress) {
        Identity identity = progress.identity();
        Execution execution = new Execution(this, machines.document(identity.revision()), progress);
        working.put(identity.arn(), execution);
        catalogs.update(progress);
        return execution;
    }

    /** An execution came to its end. Called while it is locked, so everything else happens later. */
    void ended(Execution execution) {
        Progress progress = execution.progress();
        // Only what is at work is waited for when the service is closed.
        catalogs.update(progress);
        working.remove(progress.identity().arn(), execution);
        execute(() -> {
            clear(progress);
            progress.identity().child().ifPresent(child -> mapRuns.childEnded(child, progress));
        });
    }

    private synchronized void clear(Progress ended) {
        if (!working.containsKey(ended.identity().arn())) {
            ended.mapRuns().forEach(mapRuns::abort);
            unmark(ended);
        }
    }

    /** Marks an ended execution as one that goes on, and takes it among those at work. */
    synchronized Execution employAgain(Progress progress) {
        String arn = progress.identity().arn();
        store().put(StoreKeys.active(arn), arn);
        return employ(progress);
    }

    /** Removes the mark of an ended execution once nothing of it is at work any more. */
    synchronized void unmark(Progress progress) {
        if (working.containsKey(progress.identity().arn())) {
            // It was redriven in the meantime.
            return;
        }
        boolean over = progress.mapRuns().stream().allMatch(mapRuns::isOver);
        if (over && progress.identity().child().isEmpty() && !progress.isRunning()) {
            store().delete(StoreKeys.active(progress.identity().arn()));
        }
    }

    void resumeMapRun(String arn) {
        execute(() -> mapRuns.resume(arn));
    }

    void abortMapRun(String arn) {
        execute(() -> mapRuns.abort(arn));
    }
}
