package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.ledger.Decision;
import dev.rekey.engine.rollback.Fence;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.turn.Turn;
import java.util.Optional;

/** Sees to it that nobody writes any more. */
public final class FenceHandler extends Handler {
    /** A worker that lives gives its lease back long before the deadline, so it is looked at often. */
    private static final long LONGEST_WAIT_SECONDS = 5;

    /** As Lambda makes it. */
    public FenceHandler() {
        this(Bootstrap.ofProcess());
    }

    public FenceHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    private record Answer(String outcome, int epoch, long waitSeconds) {}

    @Override
    Object answer(JsonNode input, Turn turn, Documents documents) {
        var task = Task.of(input);
        var cause = Optional.of(task.text("cause")).filter(text -> !text.isEmpty());
        var fence = new Fence(documents, task.folder(), bootstrap().executions(), turn);
        boolean stops = task.text("action").equals(Action.STOP.word());
        return switch (stops ? fence.await(task.epoch()) : fence.close(task.epoch(), task.text("execution"), cause)) {
            case Fence.Outcome.Closed closed -> {
                begun(task, closed.epoch(), turn, documents);
                var how = closed.how().sentence();
                task.record(documents, turn, new Decision.WritersStopped(closed.epoch(), how));
                yield new Answer("closed", closed.epoch(), 0);
            }
            case Fence.Outcome.Waiting waiting -> {
                begun(task, waiting.epoch(), turn, documents);
                yield new Answer(
                        "waiting",
                        waiting.epoch(),
                        Math.clamp(1 + waiting.longest().toSeconds(), 1, LONGEST_WAIT_SECONDS));
            }
            case Fence.Outcome.Superseded _ -> new Answer("superseded", task.epoch(), 0);
        };
    }

    /** What the writers are stopped for: somebody's wish, or a rollback and before it what made it necessary. */
    private static void begun(Task task, int epoch, Turn turn, Documents documents) {
        if (task.text("action").equals(Action.STOP.word())) {
            var earlier = documents
                    .get(task.folder().control(), Control.class)
                    .value()
                    .earlier();
            task.record(documents, turn, new Decision.Stopped(earlier.isEmpty() ? "" : earlier.getLast(), epoch));
            return;
        }
        documents
                .find(task.folder().failure(), Failure.class)
                .map(Documents.Versioned::value)
                .ifPresent(failure -> task.record(
                        documents, turn, new Decision.Failed(failure.id(), failure.table(), failure.message())));
        task.record(documents, turn, new Decision.RollbackStarted(epoch, task.text("cause")));
    }
}
