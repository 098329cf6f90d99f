package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.api.MapRunStatus;
import dev.rekey.interpreter.definition.ErrorNames;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.definition.Uuids;
import dev.rekey.interpreter.execution.MapRunState.ChildStatus;
import dev.rekey.interpreter.ports.ObjectStoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Map Run at work: begins children, counts their ends, writes the results. Its methods take turns. */
final class MapRun {
    private static final long MOST_AT_WORK = 10_000;

    private final Workshop workshop;
    private final MapRunState state;
    private final String journal;
    private final Map<Integer, Execution> children = new HashMap<>();
    private final Map<Integer, Progress> ends = new HashMap<>();
    private int running;
    private int nextPending;
    private boolean writing;
    private boolean redriveAsked;

    MapRun(Workshop workshop, MapRunState state) {
        this.workshop = workshop;
        this.state = state;
        this.journal = workshop.places().mapRunJournal(state.plan().arn());
    }

    /** Sets it to work, also after the process was started anew. */
    synchronized void resume() {
        if (workshop.isClosed()) {
            return;
        }
        if (state.isOver()) {
            workshop.mapRuns().over(this, state);
            return;
        }
        running = 0;
        for (int index = 0; index < state.size(); index++) {
            if (state.status(index) == ChildStatus.RUNNING) {
                running++;
                resumeChild(index);
            }
        }
        advance();
    }

    private void resumeChild(int index) {
        String arn = arn(state.name(index).orElseThrow());
        Optional<Progress> known = workshop.load(arn);
        if (known.isEmpty()) {
            begin(create(index, state.name(index).orElseThrow()), index);
        } else if (isToRedrive(known.get())) {
            Execution execution = workshop.employ(known.get());
            children.put(index, execution);
            workshop.execute(() -> redrive(execution));
        } else if (known.get().isRunning()) {
            Execution execution = workshop.employ(known.get());
            children.put(index, execution);
            workshop.execute(execution::resume);
        } else {
            Progress ended = known.get();
            workshop.execute(() -> childEnded(index, ended));
        }
    }

    private boolean isToRedrive(Progress child) {
        return !child.isRunning() && child.redriveCount() < state.redriveCount() && wasEndedBeforeRedrive(child);
    }

    private boolean wasEndedBeforeRedrive(Progress child) {
        return state.redriven()
                .filter(time -> child.stopped().isPresent()
                        && !child.stopped().get().isAfter(time)
                        && child.started().isBefore(time))
                .isPresent();
    }

    private static void redrive(Execution execution) {
        execution.redrive();
        execution.proceed();
    }

    synchronized void redrive() {
        if (state.isOver()) {
            ends.clear();
            children.clear();
            nextPending = 0;
            running = 0;
            writing = false;
            redriveAsked = false;
            record(MapRunState.redriven(workshop.now()));
        } else if (state.closing().isPresent()) {
            // Its children are still coming to their end; it goes on once they have.
            redriveAsked = true;
        }
        advance();
    }

    synchronized void abort() {
        if (workshop.isClosed()) {
            return;
        }
        if (!state.isOver() && state.closing().isEmpty()) {
            close(MapRunStatus.ABORTED);
        }
        if (running == 0 && state.size() > 0) {
            // After a restart an aborted Map Run has no workers: its children's journals are closed here.
            abortLoaded();
        }
        advance();
    }

    private void abortLoaded() {
        for (int index = 0; index < state.size(); index++) {
            if (state.status(index) == ChildStatus.RUNNING && !children.containsKey(index)) {
                workshop.load(arn(state.name(index).orElseThrow()))
                        .filter(Progress::isRunning)
                        .map(workshop::employ)
                        .ifPresent(child -> workshop.execute(() -> child.abort(Optional.empty(), Optional.empty())));
                record(MapRunState.ended(index, ChildStatus.ABORTED));
            }
        }
    }

    synchronized boolean isOver() {
        return state.isOver();
    }

    /** The state, for looking at it only, while it does not change. */
    synchronized <T> T look(java.util.function.Function<MapRunState, T> reader) {
        return reader.apply(state);
    }

    synchronized void childEnded(int index, Progress child) {
        if (workshop.isClosed() || state.status(index) != ChildStatus.RUNNING) {
            return;
        }
        children.remove(index);
        ends.put(index, child);
        running--;
        record(MapRunState.ended(index, ChildStatus.valueOf(child.status().name())));
        advance();
    }

    private void advance() {
        if (state.isOver() || writing) {
            return;
        }
        if (state.closing().isEmpty() && isExceeded()) {
            close(MapRunStatus.FAILED);
        }
        while (state.closing().isEmpty() && isRoom() && nextPending()) {
            int index = nextPending;
            String name = state.name(index).orElseGet(() -> Uuids.next(workshop.random()));
            record(MapRunState.began(index, name));
            running++;
            Optional<Progress> earlier = state.redriveCount() == 0 ? Optional.empty() : workshop.load(arn(name));
            if (earlier.isPresent()) {
                Execution execution = workshop.employ(earlier.get());
                children.put(index, execution);
                workshop.execute(() -> redrive(execution));
            } else {
                begin(create(index, name), index);
            }
        }
        if (running == 0 && (state.closing().isPresent() || !nextPending())) {
            finish(state.closing().orElse(MapRunStatus.SUCCEEDED));
        }
    }

    private boolean isRoom() {
        long most = state.plan().maxConcurrency();
        return running < (most == 0 ? MOST_AT_WORK : most);
    }

    private boolean nextPending() {
        while (nextPending < state.size() && state.status(nextPending) != ChildStatus.PENDING) {
            nextPending++;
        }
        return nextPending < state.size();
    }

    private boolean isExceeded() {
        long failed = state.failedItems();
        return failed > 0 && state.plan().tolerance().exceeded(failed, state.totalItems());
    }

    private void close(MapRunStatus status) {
        record(MapRunState.closing(status));
        children.values().forEach(child -> workshop.execute(() -> child.abort(Optional.empty(), Optional.empty())));
    }

    private String arn(String childName) {
        MapRunPlan plan = state.plan();
        return workshop.arns()
                .execution(
                        plan.origin().parent().stateMachineName() + "/"
                                + plan.origin().label(),
                        childName);
    }

    private Execution create(int index, String name) {
        MapRunPlan plan = state.plan();
        ChildInput child = state.child(index);
        Identity identity = new Identity(
                arn(name),
                name,
                plan.origin().parent().stateMachineArn() + "/" + plan.origin().label(),
                plan.origin().parent().stateMachineName() + "/" + plan.origin().label(),
                plan.origin().parent().roleArn(),
                plan.origin().parent().revision(),
                Optional.of(new Identity.Child(plan.arn(), plan.origin().mapState(), index, child.items())));
        Entry start = Starts.entry(identity, child.input(), Json.text(child.input()), workshop.now());
        return workshop.create(start, identity);
    }

    private void begin(Execution execution, int index) {
        children.put(index, execution);
        workshop.execute(execution::begin);
    }

    private void finish(MapRunStatus status) {
        if (status == MapRunStatus.ABORTED) {
            over(status, Optional.empty(), false);
            return;
        }
        writing = true;
        Results results = new Results(
                workshop,
                state,
                index -> Optional.ofNullable(ends.get(index))
                        .or(() -> workshop.load(arn(state.name(index).orElseThrow()))));
        workshop.execute(() -> write(results, status));
    }

    /** Writes the results outside the lock, since that may take long. No child is at work any more, so they stay. */
    private void write(Results results, MapRunStatus status) {
        try {
            JsonNode output = results.write(status);
            Phase.Failure exceeded = new Phase.Failure(
                    ErrorNames.TOLERANCE, Optional.of("The specified tolerated failure threshold was exceeded"));
            written(
                    status,
                    status == MapRunStatus.FAILED ? new MapRunEnd.Failed(exceeded) : new MapRunEnd.Succeeded(output));
        } catch (ObjectStoreException e) {
            written(
                    MapRunStatus.FAILED,
                    new MapRunEnd.Failed(
                            new Phase.Failure(ErrorNames.WRITER, Optional.of(String.valueOf(e.getMessage())))));
        }
    }

    private synchronized void written(MapRunStatus status, MapRunEnd end) {
        writing = false;
        if (!workshop.isClosed() && !state.isOver()) {
            boolean aborted = state.closing().equals(Optional.of(MapRunStatus.ABORTED));
            over(aborted ? MapRunStatus.ABORTED : status, aborted ? Optional.empty() : Optional.of(end), true);
        }
    }

    private void over(MapRunStatus status, Optional<MapRunEnd> end, boolean written) {
        record(MapRunState.over(status, workshop.now(), end, written));
        ends.clear();
        if (redriveAsked) {
            redrive();
        } else {
            workshop.mapRuns().over(this, state);
        }
    }

    private void record(ObjectNode line) {
        workshop.store().append(journal, List.of(Json.text(line)));
        state.apply(line);
    }
}
