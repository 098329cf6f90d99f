package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.definition.ErrorNames;
import dev.rekey.interpreter.definition.EvaluationException;
import dev.rekey.interpreter.definition.State;
import dev.rekey.interpreter.ports.TaskOutcome;
import dev.rekey.interpreter.ports.TaskRequest;
import dev.rekey.interpreter.ports.TaskToken;
import java.time.Instant;
import java.util.Optional;

/** Task states: asks for the work, watches its time, takes its outcome. */
final class Tasks {
    private final Execution execution;

    Tasks(Execution execution) {
        this.execution = execution;
    }

    void schedule(Frame frame, State.Task task) throws EvaluationException, DataLimitException {
        long attempt = execution.progress().events() + 1;
        boolean callback = task.callback() == State.Callback.TASK_TOKEN;
        TaskToken token = new Tokens(execution.progress().identity().arn(), frame.path(), attempt).toToken();
        Evaluation evaluation = execution.evaluation(frame);
        if (callback) {
            evaluation.withToken(token.value());
        }
        JsonNode arguments = evaluation.compute(task.arguments(), frame.input());
        long timeout = evaluation.count(task.bounds().timeoutSeconds(), "TimeoutSeconds", 0);
        long heartbeat = evaluation.count(task.bounds().heartbeatSeconds(), "HeartbeatSeconds", 0);
        String text = Limits.text("The arguments of the task '" + task.name() + "'", arguments);
        Entry entry = Entry.of(Change.SCHEDULE, frame.path()).with("heartbeat", heartbeat);
        Optional<Instant> deadline = timeout == 0
                ? Optional.empty()
                : Optional.of(execution.workshop().now().plusSeconds(timeout));
        deadline.ifPresent(time -> entry.with("deadline", time.toEpochMilli()));
        entry.with("callback", com.fasterxml.jackson.databind.node.BooleanNode.valueOf(callback));
        execution.record(new TaskEvents(execution, task).scheduled(entry, arguments, text, timeout, heartbeat));
        execution.record(new TaskEvents(execution, task).started(Entry.of(Change.NOTE, frame.path())));
        watch(frame, ((Phase.Scheduled) frame.phase()).attempt());
        TaskRequest request = new TaskRequest(
                task.resource(),
                arguments,
                execution.progress().identity().arn(),
                task.name(),
                callback ? Optional.of(token) : Optional.empty(),
                deadline);
        execution.workshop().run(request, outcome -> execution.taskEnded(frame.path(), attempt, outcome));
    }

    /** Sets the alarm for what comes first: the end of the task's time or a missing heartbeat. */
    void watch(Frame frame, Phase.Attempt attempt) {
        Optional<Instant> beat = attempt.heartbeatDue();
        if (attempt.deadline().isPresent()
                && !(beat.isPresent() && beat.get().isBefore(attempt.deadline().get()))) {
            execution.alarm(frame, attempt.deadline().get(), () -> timedOut(frame, ErrorNames.TIMEOUT));
        } else if (beat.isPresent()) {
            execution.alarm(frame, beat.get(), () -> timedOut(frame, ErrorNames.HEARTBEAT_TIMEOUT));
        }
    }

    private void timedOut(Frame frame, String error) {
        State.Task task = (State.Task) frame.state();
        Phase.Failure failure = new Phase.Failure(error, Optional.empty());
        execution.record(
                new TaskEvents(execution, task).timedOut(Recoveries.failure(Change.ERROR, frame, failure), failure));
    }

    void ended(String path, long attempt, TaskOutcome outcome) {
        Frame frame = execution.progress().root().find(path);
        if (frame == null
                || !(frame.phase() instanceof Phase.Scheduled(var current))
                || current.id() != attempt
                || !frame.isLive()) {
            return;
        }
        if (current.callback() && outcome instanceof TaskOutcome.Succeeded(var output)) {
            State.Task task = (State.Task) frame.state();
            execution.record(new TaskEvents(execution, task).submitted(Entry.of(Change.SUBMIT, frame.path()), output));
            watch(frame, current);
        } else {
            take(frame, outcome);
        }
    }

    /** Takes an answer from outside; false when the attempt no longer waits for one. */
    boolean answered(Tokens token, TaskOutcome outcome) {
        Optional<Frame> frame = waiting(token);
        frame.ifPresent(found -> take(found, outcome));
        return frame.isPresent();
    }

    boolean heartbeat(Tokens token) {
        Optional<Frame> frame = waiting(token);
        frame.ifPresent(found -> {
            execution.record(Entry.of(Change.HEARTBEAT, found.path()));
            watch(found, attempt(found).orElseThrow());
        });
        return frame.isPresent();
    }

    private Optional<Frame> waiting(Tokens token) {
        return Optional.ofNullable(execution.progress().root().find(token.frame()))
                .filter(Frame::isLive)
                .filter(frame -> attempt(frame)
                        .filter(attempt -> attempt.callback() && attempt.id() == token.attempt())
                        .isPresent());
    }

    private static Optional<Phase.Attempt> attempt(Frame frame) {
        return switch (frame.phase()) {
            case Phase.Scheduled(var attempt) -> Optional.of(attempt);
            case Phase.Submitted(var attempt) -> Optional.of(attempt);
            case Phase.Ready phase -> Optional.empty();
            case Phase.Entered phase -> Optional.empty();
            case Phase.Loading phase -> Optional.empty();
            case Phase.Finished phase -> Optional.empty();
            case Phase.Erred phase -> Optional.empty();
            case Phase.Backoff phase -> Optional.empty();
            case Phase.Waiting phase -> Optional.empty();
            case Phase.Spread phase -> Optional.empty();
            case Phase.Mapping phase -> Optional.empty();
            case Phase.Broken phase -> Optional.empty();
        };
    }

    private void take(Frame frame, TaskOutcome outcome) {
        execution.disarm(frame);
        TaskEvents events = new TaskEvents(execution, (State.Task) frame.state());
        switch (outcome) {
            case TaskOutcome.Succeeded(var output) -> succeeded(frame, events, output);
            case TaskOutcome.Failed(var error, var cause) ->
                failed(frame, events, new Phase.Failure(error, cause.map(Limits::cause)));
        }
        execution.later(frame);
    }

    private void succeeded(Frame frame, TaskEvents events, JsonNode output) {
        try {
            String text = Limits.text("The result of the task '" + frame.state().name() + "'", output);
            execution.record(events.succeeded(Entry.of(Change.RESULT, frame.path()), output, text));
        } catch (DataLimitException e) {
            failed(frame, events, new Phase.Failure(ErrorNames.DATA_LIMIT, Optional.of(e.getMessage())));
        }
    }

    private void failed(Frame frame, TaskEvents events, Phase.Failure failure) {
        execution.record(events.failed(Recoveries.failure(Change.ERROR, frame, failure), failure));
    }

    /** The process died while the task was in flight: its outcome is unknown. */
    void interrupted(Frame frame, Phase.Attempt attempt) {
        String error = execution.workshop().settings().interruptedTaskError();
        String cause = "The interpreter stopped while attempt " + attempt.id() + " was in flight.";
        failed(
                frame,
                new TaskEvents(execution, (State.Task) frame.state()),
                new Phase.Failure(error, Optional.of(cause)));
    }

    static ObjectNode shown(ObjectNode details, Phase.Failure failure) {
        details.put("error", failure.error());
        failure.cause().ifPresent(cause -> details.put("cause", cause));
        return details;
    }
}
