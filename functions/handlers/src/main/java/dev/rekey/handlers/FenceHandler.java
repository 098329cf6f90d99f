package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.ledger.Decision;
import dev.rekey.engine.rollback.Fence;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.turn.Turn;
import java.util.Optional;

/** Sees to it that nobody writes any more. */
public final class FenceHandler extends Handler {
    private static final long LONGEST_WAIT_SECONDS = 30;

    public FenceHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    private record Answer(String outcome, int epoch, long waitSeconds) {}

    @Override
    Object answer(JsonNode input, Turn turn, Documents documents) {
        var task = Task.of(input);
        var cause = Optional.of(task.text("cause")).filter(text -> !text.isEmpty());
        var fence = new Fence(documents, task.folder(), turn);
        return switch (fence.close(task.epoch(), task.text("execution"), cause)) {
            case Fence.Outcome.Closed closed -> {
                begun(task, closed.epoch(), turn, documents);
                task.record(documents, turn, new Decision.WritersStopped(closed.epoch()));
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

    /** The rollback, and before it what made it necessary. */
    private static void begun(Task task, int epoch, Turn turn, Documents documents) {
        documents
                .find(task.folder().failure(), Failure.class)
                .map(Documents.Versioned::value)
                .ifPresent(failure -> task.record(
                        documents, turn, new Decision.Failed(failure.id(), failure.table(), failure.message())));
        task.record(documents, turn, new Decision.RollbackStarted(epoch, task.text("cause")));
    }
}
