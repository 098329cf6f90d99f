package dev.rekey.engine.rollback;

import dev.rekey.engine.checkpoint.Checkpoint;
import dev.rekey.engine.checkpoint.Claim;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.store.Objects.PutOutcome;
import dev.rekey.engine.turn.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Sees to it that nobody writes to the target any more, before anything is undone. */
public final class Fence {
    private final Documents documents;
    private final RunFolder folder;
    private final Turn turn;

    public Fence(Documents documents, RunFolder folder, Turn turn) {
        this.documents = documents;
        this.folder = folder;
        this.turn = turn;
    }

    /** Whether everybody has stopped. */
    public sealed interface Outcome {
        /** Nobody of an earlier epoch can write any more. */
        record Closed(int epoch) implements Outcome {}

        /** Somebody may still write, for {@code longest} at most. */
        record Waiting(int epoch, Duration longest) implements Outcome {}

        /** Another execution has taken the run: this one must leave it alone. */
        record Superseded() implements Outcome {}
    }

    /**
     * Raises the run's epoch, unless this execution did so already, and looks at the leases of those before.
     *
     * @param epoch in which the caller works
     * @param cause why the run is rolled back; empty if it is asked for
     */
    public Outcome close(int epoch, String execution, Optional<String> cause) {
        var raised = raise(epoch, execution, cause);
        if (raised.isEmpty()) {
            return new Outcome.Superseded();
        }
        int current = raised.get();
        return lastDeadline(current)
                .<Outcome>map(until -> new Outcome.Waiting(
                        current, Duration.between(turn.time().instant(), until)))
                .orElseGet(() -> new Outcome.Closed(current));
    }

    /** The epoch in which the run is rolled back; empty if another execution has it. */
    private Optional<Integer> raise(int epoch, String execution, Optional<String> cause) {
        while (true) {
            var found = documents.get(folder.control(), Control.class);
            var control = found.value();
            if (control.phase() == Phase.ROLLING_BACK && control.execution().equals(execution)) {
                // Raised by an earlier attempt whose answer was lost, perhaps.
                return control.epoch() - epoch <= 1 ? Optional.of(control.epoch()) : Optional.empty();
            }
            if (control.epoch() != epoch) {
                return Optional.empty();
            }
            var raised = control.takenOver(Phase.ROLLING_BACK, execution, cause);
            if (documents.replace(folder.control(), raised, found.version()) instanceof PutOutcome.Done) {
                return Optional.of(raised.epoch());
            }
        }
    }

    /** When the last lease of an earlier epoch runs out; empty if none is open. */
    private Optional<Instant> lastDeadline(int epoch) {
        var work = new ArrayList<Supplier<Optional<Instant>>>();
        Stream.of(Stage.COPY, Stage.ROLLBACK)
                .flatMap(stage -> documents.list(folder.checkpointPrefix(stage)).stream())
                .forEach(key -> work.add(() -> documents
                        .find(key, Checkpoint.class)
                        .flatMap(checkpoint -> checkpoint.value().lease())
                        .filter(lease -> lease.epoch() < epoch)
                        .map(lease -> lease.deadline().plus(Claim.MARGIN))));
        return turn.concurrency().all(work, Turn.REQUESTS_AT_ONCE).stream()
                .flatMap(Optional::stream)
                .filter(turn.time().instant()::isBefore)
                .max(Instant::compareTo);
    }
}
