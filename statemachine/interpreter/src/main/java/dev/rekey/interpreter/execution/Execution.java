package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.api.ExecutionStatus;
import dev.rekey.interpreter.definition.Document;
import dev.rekey.interpreter.definition.ErrorNames;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.ports.TaskOutcome;
import dev.rekey.interpreter.ports.Timers;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One execution at work. Its methods take turns; none blocks on anything but the journal. */
final class Execution {
    private static final String WHOLE = "execution";

    private final Workshop workshop;
    private final Document document;
    private final Progress progress;
    private final String journal;
    private final Deque<Frame> agenda = new ArrayDeque<>();
    private final Map<String, Timers.Alarm> alarms = new HashMap<>();
    private final Steps steps;

    Execution(Workshop workshop, Document document, Progress progress) {
        this.workshop = workshop;
        this.document = document;
        this.progress = progress;
        this.journal = workshop.places().executionJournal(progress.identity().arn());
        this.steps = new Steps(this);
    }

    Workshop workshop() {
        return workshop;
    }

    Progress progress() {
        return progress;
    }

    /** A consistent look at the progress. */
    synchronized void look(Consumer<Progress> reader) {
        reader.accept(progress);
    }

    // What happens to an execution.

    synchronized void begin() {
        if (workshop.isClosed()) {
            return;
        }
        armTimeout(progress.started());
        agenda.add(progress.root());
        drain();
    }

    /** Goes on after the process was started anew: what was in flight is lost, what waits goes on waiting. */
    synchronized void resume() {
        if (workshop.isClosed()) {
            return;
        }
        if (!progress.isRunning()) {
            finish();
            return;
        }
        armTimeout(progress.redriven().orElse(progress.started()));
        steps.resume(
                progress.root(), frame -> workshop.resumeMapRun(frame.mapRun().orElseThrow()));
        drain();
    }

    synchronized void redrive() {
        record(Entry.of(Change.REDRIVE, "")
                .event(
                        "ExecutionRedriven",
                        "executionRedrivenEventDetails",
                        Json.object().put("redriveCount", progress.redriveCount() + 1)));
        armTimeout(workshop.now());
        steps.resume(progress.root(), steps.maps()::redriven);
    }

    synchronized void proceed() {
        drain();
    }

    synchronized void taskEnded(String path, long attempt, TaskOutcome outcome) {
        if (!isAtWork()) {
            return;
        }
        act(() -> steps.tasks().ended(path, attempt, outcome));
    }

    /** Answers a waiting task; false when it does not wait (any more). */
    synchronized boolean answer(Tokens token, TaskOutcome outcome) {
        boolean[] answered = new boolean[1];
        if (isAtWork()) {
            act(() -> answered[0] = steps.tasks().answered(token, outcome));
        }
        return answered[0];
    }

    synchronized boolean heartbeat(Tokens token) {
        return isAtWork() && steps.tasks().heartbeat(token);
    }

    synchronized void itemsRead(String path, Phase.Loading loading, ItemsRead read) {
        Frame frame = progress.root().find(path);
        if (!isAtWork() || frame == null || frame.phase() != loading) {
            return;
        }
        agenda.add(frame);
        act(() -> steps.maps().itemsRead(frame, read));
    }

    synchronized void mapRunEnded(String mapRunArn, MapRunEnd end) {
        Optional<Frame> waiting =
                isAtWork() ? DistributedMaps.waitingFor(progress.root(), mapRunArn) : Optional.empty();
        waiting.ifPresent(frame -> {
            agenda.add(frame);
            act(() -> steps.maps().ended(frame, end));
        });
    }

    /** Aborts it; false when it had ended. */
    synchronized boolean abort(Optional<String> error, Optional<String> cause) {
        if (!isAtWork()) {
            return false;
        }
        ObjectNode details = Json.object();
        error.ifPresent(name -> details.put("error", name));
        cause.ifPresent(text -> details.put("cause", text));
        end(ExecutionStatus.ABORTED, "ExecutionAborted", "executionAbortedEventDetails", details);
        return true;
    }

    /**
     * Asked under the lock, which the end of the service waits for: whoever comes later writes nothing, since the store is
     * another process's by then.
     */
    private boolean isAtWork() {
        return progress.isRunning() && !workshop.isClosed();
    }

    // What its steps use.

    /** Writes an entry down, then lets it take effect. */
    void record(Entry entry) {
        boolean event = entry.hasEvent();
        if (event && progress.events() >= Limits.EVENTS - 1 && entry.change() != Change.END) {
            throw new EventLimitException();
        }
        Frame frame = progress.root().find(entry.frame());
        long before = frame.branches().isPresent() || entry.change() == Change.END || entry.change() == Change.REDRIVE
                ? progress.events()
                : frame.lastEvent();
        entry.stamp(workshop.now(), event ? progress.events() + 1 : 0, event ? before : 0);
        workshop.store().append(journal, List.of(entry.toLine()));
        progress.apply(entry);
    }

    void later(Frame frame) {
        agenda.add(frame);
    }

    Evaluation evaluation(Frame frame) {
        return new Evaluation(progress, frame, workshop.now(), workshop.random());
    }

    /** Runs an action at a time, unless the frame has moved on by then. One alarm per frame. */
    void alarm(Frame frame, Instant at, Runnable action) {
        Phase phase = frame.phase();
        arm(frame.path(), at, () -> {
            if (frame.phase() == phase && frame.isLive()) {
                action.run();
                agenda.add(frame);
            }
        });
    }

    void disarm(Frame frame) {
        Timers.Alarm pending = alarms.remove(frame.path());
        if (pending != null) {
            pending.cancel();
        }
    }

    /** Takes back the alarms of a frame and all within it. */
    void silence(Frame frame) {
        disarm(frame);
        frame.branches().ifPresent(all -> all.begun().forEach(this::silence));
        frame.mapRun().ifPresent(workshop::abortMapRun);
    }

    void end(ExecutionStatus status, String event, String member, ObjectNode details) {
        end(Entry.of(Change.END, "").event(event, member, details), status);
    }

    void end(Entry entry, ExecutionStatus status) {
        record(entry.with("status", status.name()));
        finish();
    }

    private void finish() {
        alarms.values().forEach(Timers.Alarm::cancel);
        alarms.clear();
        agenda.clear();
        workshop.ended(this);
    }

    private void armTimeout(Instant from) {
        boolean whole = progress.identity().child().isEmpty();
        if (whole && document.timeoutSeconds().isPresent()) {
            arm(WHOLE, from.plusSeconds(document.timeoutSeconds().getAsLong()), () -> {
                ObjectNode details = Json.object().put("error", ErrorNames.TIMEOUT);
                end(ExecutionStatus.TIMED_OUT, "ExecutionTimedOut", "executionTimedOutEventDetails", details);
            });
        }
    }

    private void arm(String name, Instant at, Runnable action) {
        Timers.Alarm[] mine = new Timers.Alarm[1];
        mine[0] = workshop.timers().at(at, () -> fired(name, mine, action));
        Timers.Alarm earlier = alarms.put(name, mine[0]);
        if (earlier != null) {
            earlier.cancel();
        }
    }

    private synchronized void fired(String name, Timers.Alarm[] mine, Runnable action) {
        // An alarm that was replaced or cancelled may still arrive when it had begun before.
        if (isAtWork() && alarms.get(name) == mine[0]) {
            alarms.remove(name);
            act(action);
        }
    }

    private void act(Runnable action) {
        try {
            action.run();
        } catch (EventLimitException e) {
            tooManyEvents(e);
        }
        drain();
    }

    private void drain() {
        while (isAtWork() && !agenda.isEmpty()) {
            try {
                steps.advance(agenda.poll());
            } catch (EventLimitException e) {
                tooManyEvents(e);
            }
        }
    }

    private void tooManyEvents(EventLimitException e) {
        ObjectNode details = Json.object().put("error", ErrorNames.RUNTIME).put("cause", e.getMessage());
        end(ExecutionStatus.FAILED, "ExecutionFailed", "executionFailedEventDetails", details);
    }

    /** The history has no room for another event but the last. */
    private static final class EventLimitException extends RuntimeException {
        EventLimitException() {
            super("The execution reached the maximum number of history events (" + Limits.EVENTS + ").");
        }
    }
}
