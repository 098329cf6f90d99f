package dev.rekey.interpreter.execution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.interpreter.definition.Catcher;
import dev.rekey.interpreter.definition.ErrorNames;
import dev.rekey.interpreter.definition.EvaluationException;
import dev.rekey.interpreter.definition.Json;
import dev.rekey.interpreter.definition.Recovery;
import dev.rekey.interpreter.definition.Retrier;
import dev.rekey.interpreter.definition.State;
import java.time.Instant;
import java.util.Optional;

/** What becomes of failures: Retry, Catch, or the end of the frame. */
final class Recoveries {
    private final Execution execution;

    Recoveries(Execution execution) {
        this.execution = execution;
    }

    void evaluationFailed(Frame frame, EvaluationException e) {
        String cause = Limits.cause(e.getMessage());
        ObjectNode details = Json.object()
                .put("error", ErrorNames.QUERY)
                .put("cause", cause)
                .put("state", frame.stateName().orElse(""));
        execution.disarm(frame);
        execution.record(failure(Change.ERROR, frame, new Phase.Failure(ErrorNames.QUERY, Optional.of(cause)))
                .event("EvaluationFailed", "evaluationFailedEventDetails", details));
    }

    void failed(Frame frame, String error, String cause) {
        execution.disarm(frame);
        Optional<String> shown = cause.isEmpty() ? Optional.empty() : Optional.of(Limits.cause(cause));
        Entry entry = failure(Change.ERROR, frame, new Phase.Failure(error, shown));
        boolean compound = frame.state() instanceof State.Parallel || frame.state() instanceof State.MapState;
        execution.record(compound ? entry.event(frame.state().type() + "StateFailed") : entry);
    }

    static Entry failure(Change change, Frame frame, Phase.Failure failure) {
        Entry entry = Entry.of(change, frame.path()).with("error", failure.error());
        failure.cause().ifPresent(cause -> entry.with("cause", cause));
        return entry;
    }

    /** Retries, catches or gives up; false when there is nothing more to do at once. */
    boolean recover(Frame frame, Phase.Failure failure) {
        Recovery recovery = frame.state().recovery();
        for (int index = 0; index < recovery.retriers().size(); index++) {
            Retrier retrier = recovery.retriers().get(index);
            if (ErrorNames.match(retrier.errors(), failure.error())) {
                if (frame.retries(index) < retrier.maxAttempts()) {
                    retry(frame, index, retrier);
                    return false;
                }
                break;
            }
        }
        Optional<Catcher> catcher = recovery.catchers().stream()
                .filter(each -> ErrorNames.match(each.errors(), failure.error()))
                .findFirst();
        if (catcher.isPresent()) {
            caught(frame, failure, catcher.get());
        } else {
            giveUp(frame, failure);
        }
        return true;
    }

    private void retry(Frame frame, int index, Retrier retrier) {
        long longest = retrier.delayMillis(frame.retries(index));
        long delay = switch (retrier.jitter()) {
            case NONE -> longest;
            case FULL -> execution.workshop().random().nextLong(longest + 1);
        };
        Instant until = execution.workshop().now().plusMillis(delay);
        execution.record(
                Entry.of(Change.RETRY, frame.path()).with("retrier", index).with("until", until.toEpochMilli()));
        awaitRetry(frame, until);
    }

    void awaitRetry(Frame frame, Instant until) {
        execution.alarm(frame, until, () -> frame.phase(new Phase.Entered()));
    }

    private void caught(Frame frame, Phase.Failure failure, Catcher catcher) {
        try {
            Evaluation evaluation = execution.evaluation(frame).withError(failure);
            ObjectNode standard = Json.object().put("Error", failure.error());
            failure.cause().ifPresent(cause -> standard.put("Cause", cause));
            JsonNode output = evaluation.compute(catcher.after().output(), standard);
            execution.record(Steps.left(
                    execution,
                    frame,
                    output,
                    evaluation.assign(catcher.after()),
                    catcher.after().next()));
        } catch (EvaluationException e) {
            // A failing catcher is not caught again: it would fail for ever.
            evaluationFailed(frame, e);
            giveUp(frame, new Phase.Failure(ErrorNames.QUERY, Optional.of(Limits.cause(e.getMessage()))));
        } catch (DataLimitException e) {
            giveUp(frame, new Phase.Failure(ErrorNames.DATA_LIMIT, Optional.of(e.getMessage())));
        }
    }

    private void giveUp(Frame frame, Phase.Failure failure) {
        execution.disarm(frame);
        Entry entry = failure(Change.BREAK, frame, failure);
        Optional<Frame> map = frame.parent().filter(parent -> parent.state() instanceof State.MapState);
        map.ifPresent(parent ->
                entry.event("MapIterationFailed", "mapIterationFailedEventDetails", iteration(parent, frame.index())));
        execution.record(entry);
    }

    static ObjectNode iteration(Frame map, int index) {
        return Json.object().put("name", map.stateName().orElse("")).put("index", index);
    }
}
