package dev.rekey.engine.proof;

import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.TaskTokens.TaskToken;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.undo.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs one execution as Step Functions and Lambda do: every invocation is a worker of its own, tried again when it dies;
 * an execution that is stopped stops its children late and its workers never.
 */
final class Cloud implements Platform {
    private static final int MOST_TRIES = 7;
    private static final Duration LATEST_START = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(3);
    private static final Duration LATEST_STOP = Duration.ofMinutes(1);

    private final Simulation simulation;
    private final RunId run;
    private final RunId task;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private boolean preparing;

    /** The execution was stopped: none of its states goes on. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stopped() {
            super("the execution was stopped", null, false, false);
        }
    }

    /**
     * What all executions of a simulation share.
     *
     * @param waiting tasks that wait until a run is not paused any more
     * @param whenEntering called whenever an execution comes to a state
     */
    record Simulation(
            Scheduler scheduler,
            Chances chances,
            InMemoryTables tables,
            InMemoryObjects objects,
            Watch watch,
            Trace trace,
            Rules rules,
            Waiting waiting,
            java.util.concurrent.atomic.AtomicInteger invocations,
            List<Runnable> whenEntering) {}

    /**
     * @param run that is worked on
     * @param task the execution
     */
    Cloud(Simulation simulation, RunId run, RunId task) {
        this.simulation = simulation;
        this.run = run;
        this.task = task;
    }

    /** Stops the execution, as anybody may at any time. */
    void stop() {
        stopped.set(true);
    }

    @Override
    public <T> T invoke(Work work, Function<FunctionCall, T> function) {
        var chances = simulation.chances();
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            requireNotStopped();
            var answer = new AtomicReference<Optional<T>>(Optional.empty());
            var thrown = new AtomicReference<Optional<RuntimeException>>(Optional.empty());
            var worker = new Worker(simulation.scheduler(), run, work);
            var task = simulation.scheduler().spawn(worker, () -> {
                if (chances.pauses(simulation.scheduler().nowMillis())) {
                    simulation.scheduler().sleep(chances.upTo(LATEST_START));
                }
                try {
                    answer.set(Optional.of(invoked(worker, function)));
                } catch (RuntimeException e) {
                    thrown.set(Optional.of(e));
                }
            });
            if (chances.pauses(simulation.scheduler().nowMillis())) {
                // Its answer is not waited for: the next try overlaps with this one.
                simulation.scheduler().sleep(chances.latency());
            } else {
                simulation.scheduler().join(task);
            }
            if (answer.get().isPresent()) {
                return answer.get().get();
            }
            thrown.get().ifPresent(Cloud::rethrowUnlessWorthAnotherTry);
            simulation.scheduler().sleep(chances.upTo(Duration.ofSeconds(Math.min(60, 2L << tries))));
        }
        throw new StateFailed("the function gave no answer");
    }

    /** Whether {@code function} came to its end in one try that nobody tries again. */
    boolean tried(Worker worker, Function<FunctionCall, ?> function) {
        try {
            var _ = invoked(worker, function);
            return true;
        } catch (RuntimeException e) {
            rethrowUnlessWorthAnotherTry(e);
            return false;
        }
    }

    private <T> T invoked(Worker worker, Function<FunctionCall, T> function) {
        var chances = simulation.chances();
        worker.clockIsOffBy(chances.random().nextLong(-Worker.MOST_OFF_MILLIS, Worker.MOST_OFF_MILLIS));
        var line = new Line(simulation.scheduler(), chances, worker, simulation.trace());
        var limit = preparing && !chances.shape().manySegments()
                ? 0
                : chances.shape().pageLimit();
        var stores = simulation
                .rules()
                .with(
                        worker,
                        new FaultyObjects(simulation.objects(), line, simulation.watch()),
                        new FaultyTables(simulation.tables(), () -> limit, line, simulation.watch()));
        var invocation = new Invocation(
                "invocation-" + simulation.invocations().getAndIncrement(),
                worker.instant().plus(chances.shape().invocation()),
                worker,
                worker,
                chances.random());
        var answer = function.apply(new FunctionCall(
                invocation,
                stores.objects(),
                stores.tables(),
                simulation.waiting().tokens(line)));
        if (answer instanceof Fence.FenceOutcome.Closed closed) {
            simulation.watch().fenced(run, closed.epoch());
        }
        return answer;
    }

    private static void rethrowUnlessWorthAnotherTry(RuntimeException e) {
        switch (e) {
            case Worker.Crash _ -> {}
            case StoreException store when isTransient(store) -> {}
            case StateFailed failed -> throw failed;
            case StoreException store -> throw new StateFailed(store.getMessage());
            default -> throw new AssertionError("a function failed", e);
        }
    }

    private static boolean isTransient(StoreException e) {
        return switch (e.kind()) {
            case THROTTLED, UNAVAILABLE, DENIED -> true;
            case MISSING, INVALID -> false;
        };
    }

    @Override
    public void await(RunId of, Work work, BiConsumer<FunctionCall, TaskToken> function) {
        var token = invoke(work, call -> {
            // Every try has a token of its own.
            var own = simulation.waiting().begin();
            function.accept(call, own);
            return own;
        });
        simulation.waiting().await(token, of);
        while (simulation.waiting().waits(token)) {
            sleep(LOOK_AGAIN);
        }
    }

    @Override
    public void each(List<WorkItem> items, Consumer<WorkItem> child) {
        var waiting = new ArrayDeque<>(items);
        var failure = new AtomicReference<Optional<RuntimeException>>(Optional.empty());
        var lanes = new ArrayList<Scheduler.Task>();
        for (int lane = 0; lane < Math.min(simulation.chances().shape().atOnce(), items.size()); lane++) {
            lanes.add(simulation
                    .scheduler()
                    .spawn(simulation.scheduler().current().worker(), () -> {
                        while (!waiting.isEmpty() && failure.get().isEmpty()) {
                            try {
                                child.accept(waiting.remove());
                            } catch (StateFailed | Stopped e) {
                                failure.set(Optional.of(e));
                            }
                        }
                    }));
        }
        for (var lane : lanes) {
            if (failure.get().isEmpty()) {
                simulation.scheduler().join(lane);
            }
        }
        failure.get().ifPresent(e -> {
            throw e;
        });
        requireNotStopped();
    }

    @Override
    public boolean isOneProcess() {
        return false;
    }

    @Override
    public Instant now() {
        return simulation.scheduler().current().worker().instant();
    }

    @Override
    public void sleep(Duration duration) {
        requireNotStopped();
        simulation.scheduler().sleep(duration);
        requireNotStopped();
    }

    /** A child that is asked to stop may go on for a while. */
    private void requireNotStopped() {
        if (stopped.get()) {
            simulation.scheduler().sleep(simulation.chances().upTo(LATEST_STOP));
            if (simulation.chances().happens(0.8)) {
                throw new Stopped();
            }
        }
    }

    @Override
    public void entered(Progress progress) {
        requireNotStopped();
        preparing = progress.state() == Progress.State.PREPARE;
        simulation.watch().moments().entered(run, task, progress);
        simulation.whenEntering().forEach(Runnable::run);
        simulation
                .trace()
                .note(
                        simulation.scheduler().nowMillis(),
                        "enters",
                        progress.state().name(),
                        "");
    }
}
