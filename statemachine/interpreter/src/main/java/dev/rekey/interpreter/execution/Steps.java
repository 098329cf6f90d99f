package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.api.ExecutionStatus;
import dev.rekey.interpreter.definition.After;
import dev.rekey.interpreter.definition.ErrorNames;
import dev.rekey.interpreter.definition.EvaluationException;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.definition.Rule;
import dev.rekey.interpreter.definition.State;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes frames from one phase to the next, until each waits for something. */
final class Steps {
    private final Execution execution;
    private final Recoveries recoveries;
    private final Tasks tasks;
    private final InnerBranches branches;
    private final DistributedMaps maps;

    Steps(Execution execution) {
        this.execution = execution;
        this.recoveries = new Recoveries(execution);
        this.tasks = new Tasks(execution);
        this.branches = new InnerBranches(execution);
        this.maps = new DistributedMaps(execution);
    }

    Tasks tasks() {
        return tasks;
    }

    DistributedMaps maps() {
        return maps;
    }

    void advance(Frame frame) {
        boolean moved = true;
        while (moved && execution.progress().isRunning() && frame.isLive()) {
            try {
                moved = step(frame);
            } catch (EvaluationException e) {
                recoveries.evaluationFailed(frame, e);
            } catch (DataLimitException e) {
                recoveries.failed(frame, ErrorNames.DATA_LIMIT, e.getMessage());
            } catch (WorkFailedException e) {
                recoveries.failed(frame, e.error(), e.getMessage());
            }
        }
    }

    /** One step; false when the frame waits for something, or has come to its end. */
    private boolean step(Frame frame) throws EvaluationException, DataLimitException, WorkFailedException {
        return switch (frame.phase()) {
            case Phase.Ready(var next) -> {
                if (next.isEmpty()) {
                    yield done(frame);
                }
                enter(frame, next.get());
                yield true;
            }
            case Phase.Entered entered -> begin(frame);
            case Phase.Finished(var result) -> {
                leave(frame, result);
                yield true;
            }
            case Phase.Erred(var failure) -> recoveries.recover(frame, failure);
            case Phase.Broken(var failure) -> broken(frame, failure);
            case Phase.Spread spread -> branches.advance(frame);
            case Phase.Scheduled scheduled -> false;
            case Phase.Submitted submitted -> false;
            case Phase.Backoff backoff -> false;
            case Phase.Waiting waiting -> false;
            case Phase.Loading loading -> false;
            case Phase.Mapping mapping -> false;
        };
    }

    private void enter(Frame frame, String name) {
        ObjectNode details = Json.object().put("name", name);
        State state = frame.stateNamed(name);
        execution.record(Entry.of(Change.ENTER, frame.path())
                .event(state.type() + "StateEntered", "stateEnteredEventDetails", details)
                .payload("input", frame.input(), Json.text(frame.input())));
    }

    private boolean begin(Frame frame) throws EvaluationException, DataLimitException, WorkFailedException {
        switch (frame.state()) {
            case State.Pass pass -> leave(frame, frame.input());
            case State.Succeed succeed -> leave(frame, frame.input());
            case State.Choice choice -> choose(frame, choice);
            case State.Wait wait -> waitUntil(frame, wait);
            case State.Fail fail -> fail(frame, fail);
            case State.Task task -> tasks.schedule(frame, task);
            case State.Parallel parallel -> branches.begin(frame, parallel);
            case State.MapState map -> {
                if (map.distribution().isPresent()) {
                    maps.begin(frame, map, map.distribution().get());
                } else {
                    branches.begin(frame, map);
                }
            }
        }
        return true;
    }

    private void choose(Frame frame, State.Choice choice)
            throws EvaluationException, DataLimitException, WorkFailedException {
        for (Rule rule : choice.rules()) {
            JsonNode met = execution.evaluation(frame).compute(rule.condition());
            if (!met.isBoolean()) {
                throw new EvaluationException("A Condition of the state '" + choice.name()
                        + "' returned a value of type " + met.getNodeType() + ".");
            }
            if (met.booleanValue()) {
                leave(frame, frame.input(), rule.after());
                return;
            }
        }
        if (choice.after().next().isEmpty()) {
            throw new WorkFailedException(
                    ErrorNames.NO_CHOICE, "No choice rule of the state '" + choice.name() + "' matched.");
        }
        leave(frame, frame.input(), choice.after());
    }

    private void waitUntil(Frame frame, State.Wait wait) throws EvaluationException {
        Evaluation evaluation = execution.evaluation(frame);
        Instant until = switch (wait.until()) {
            case State.Until.Seconds(var seconds) ->
                execution.workshop().now().plusMillis((long) (evaluation.number(seconds, "Seconds") * 1_000));
            case State.Until.Timestamp(var timestamp) -> timestamp(evaluation.compute(timestamp));
        };
        execution.record(Entry.of(Change.WAIT, frame.path()).with("until", until.toEpochMilli()));
        awaitWait(frame, until);
    }

    private static Instant timestamp(JsonNode given) throws EvaluationException {
        try {
            return OffsetDateTime.parse(given.asText()).toInstant();
        } catch (DateTimeException e) {
            throw new EvaluationException(
                    "The Timestamp '" + given.asText() + "' is not a time such as" + " 2026-01-31T12:00:00Z.");
        }
    }

    private void awaitWait(Frame frame, Instant until) {
        execution.alarm(frame, until, () -> frame.phase(new Phase.Finished(frame.input())));
    }

    private void fail(Frame frame, State.Fail fail) throws EvaluationException, WorkFailedException {
        Evaluation evaluation = execution.evaluation(frame);
        String error = text(evaluation, fail.error(), "Error");
        throw new WorkFailedException(error, text(evaluation, fail.cause(), "Cause"));
    }

    private static String text(
            Evaluation evaluation, Optional<dev.rekey.interpreter.definition.Template> template, String field)
            throws EvaluationException {
        JsonNode value = evaluation.compute(template, com.fasterxml.jackson.databind.node.TextNode.valueOf(""));
        if (!value.isTextual()) {
            throw new EvaluationException(
                    "The field '" + field + "' must be a string, not a value of type " + value.getNodeType() + ".");
        }
        return value.textValue();
    }

    private void leave(Frame frame, JsonNode result) throws EvaluationException, DataLimitException {
        leave(frame, result, frame.state().after());
    }

    private void leave(Frame frame, JsonNode result, After after) throws EvaluationException, DataLimitException {
        Evaluation evaluation = execution.evaluation(frame).withResult(result);
        JsonNode output = evaluation.compute(after.output(), result);
        Map<String, JsonNode> assigned = evaluation.assign(after);
        execution.record(left(execution, frame, output, assigned, after.next()));
    }

    static Entry left(
            Execution execution, Frame frame, JsonNode output, Map<String, JsonNode> assigned, Optional<String> next)
            throws DataLimitException {
        State state = frame.state();
        String text = Limits.text("The output of the state '" + state.name() + "'", output);
        Limits.variables(assigned, frame.variables());
        ObjectNode details = Json.object().put("name", state.name());
        Entry entry = Entry.of(Change.LEAVE, frame.path());
        if (!assigned.isEmpty()) {
            ObjectNode shown = details.putObject("assignedVariables");
            assigned.forEach((name, value) -> shown.put(name, Json.text(value)));
            details.putObject("assignedVariablesDetails").put("truncated", false);
            ObjectNode values = Json.object();
            assigned.forEach(values::set);
            entry.with("assign", values);
        }
        next.ifPresent(name -> entry.with("next", name));
        execution.disarm(frame);
        return entry.event(state.type() + "StateExited", "stateExitedEventDetails", details)
                .payload("output", output, text);
    }

    private boolean done(Frame frame) {
        if (frame.parent().isPresent()) {
            execution.later(frame.parent().get());
            return false;
        }
        execution.end(
                Entry.of(Change.END, "")
                        .event("ExecutionSucceeded", "executionSucceededEventDetails", Json.object())
                        .payload("output", frame.input(), Json.text(frame.input())),
                ExecutionStatus.SUCCEEDED);
        return false;
    }

    private boolean broken(Frame frame, Phase.Failure failure) {
        if (frame.parent().isPresent()) {
            execution.later(frame.parent().get());
            return false;
        }
        ObjectNode details = Json.object().put("error", failure.error());
        failure.cause().ifPresent(cause -> details.put("cause", cause));
        execution.end(ExecutionStatus.FAILED, "ExecutionFailed", "executionFailedEventDetails", details);
        return false;
    }

    /** Sets a frame to work again that was read from the journal or revived. */
    void resume(Frame frame, Consumer<Frame> mapRun) {
        switch (frame.phase()) {
            case Phase.Scheduled scheduled -> tasks.interrupted(frame, scheduled.attempt());
            case Phase.Submitted submitted -> tasks.watch(frame, submitted.attempt());
            case Phase.Backoff(var until) -> recoveries.awaitRetry(frame, until);
            case Phase.Waiting(var until) -> awaitWait(frame, until);
            case Phase.Mapping mapping -> mapRun.accept(frame);
            case Phase.Spread spread ->
                frame.branches().orElseThrow().begun().forEach(branch -> resume(branch, mapRun));
            case Phase.Ready ready -> {}
            case Phase.Entered entered -> {}
            case Phase.Loading loading -> frame.phase(new Phase.Entered());
            case Phase.Finished finished -> {}
            case Phase.Erred erred -> {}
            case Phase.Broken broken -> {}
        }
        execution.later(frame);
    }
}
