package dev.rekey.engine.segment;

import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.Objects.PutOutcome;
import dev.rekey.engine.store.Objects.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The right to work on a segment: its checkpoint with our lease in it. */
public final class Claim {
    /** Clocks of two invocations may differ by so much. */
    public static final Duration MARGIN = Duration.ofSeconds(5);

    private final Documents documents;
    private final ObjectKey key;
    private final boolean fresh;
    private final Consumed before;
    private Checkpoint checkpoint;
    private Version version;

    private Claim(Documents documents, ObjectKey key, boolean fresh, Checkpoint checkpoint, Version version) {
        this.documents = documents;
        this.key = key;
        this.fresh = fresh;
        this.before = checkpoint.consumed();
        this.checkpoint = checkpoint;
        this.version = version;
    }

    /** What became of an attempt to claim a segment. */
    public sealed interface ClaimOutcome {
        record Claimed(Claim claim) implements ClaimOutcome {}

        /** The segment is at its end: nothing is left to do. */
        record AlreadyDone(Checkpoint checkpoint) implements ClaimOutcome {}

        /** Somebody else may still be writing, at most until {@code until}. */
        record Busy(Instant until) implements ClaimOutcome {}
    }

    /** Claims the segment whose checkpoint is {@code key} for {@code invocation} in the run's epoch {@code epoch}. */
    public static ClaimOutcome of(Documents documents, ObjectKey key, Invocation invocation, int epoch) {
        var lease = Optional.of(new Lease(invocation.owner(), epoch, invocation.deadline()));
        var now = invocation.time().instant();
        var first = Checkpoint.beginning().begun(now, false).with(lease);
        if (documents.create(key, first) instanceof PutOutcome.Done done) {
            return new ClaimOutcome.Claimed(new Claim(documents, key, true, first, done.version()));
        }
        var found = documents.get(key, Checkpoint.class);
        var checkpoint = found.value();
        if (checkpoint.done()) {
            return new ClaimOutcome.AlreadyDone(checkpoint);
        }
        var until = checkpoint
                .lease()
                .filter(held -> !invocation.liveness().isDead(held.owner()))
                .map(held -> held.deadline().plus(MARGIN));
        if (until.isPresent() && invocation.time().instant().isBefore(until.get())) {
            return new ClaimOutcome.Busy(until.get());
        }
        var ours = checkpoint.begun(now, checkpoint.lease().isPresent()).with(lease);
        return switch (documents.replace(key, ours, found.version())) {
            case PutOutcome.Done done ->
                new ClaimOutcome.Claimed(new Claim(documents, key, false, ours, done.version()));
            case PutOutcome.ConditionFailed _ ->
                new ClaimOutcome.Busy(invocation.time().instant().plus(MARGIN));
        };
    }

    /** The page is begun again; written down with what comes next. */
    void retried() {
        checkpoint = checkpoint.retried();
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Whether the segment has not been worked on before. */
    public boolean isFresh() {
        return fresh;
    }

    /** What earlier invocations consumed. */
    Consumed before() {
        return before;
    }

    /**
     * Records progress, keeping the lease.
     *
     * @throws LostClaim if somebody else took the segment
     */
    public void save(Checkpoint next) {
        write(next.with(checkpoint.lease()));
    }

    /**
     * Records progress and gives the segment back, so that the next invocation need not wait for the lease to run out.
     *
     * @throws LostClaim if somebody else took the segment
     */
    public void saveAndRelease(Checkpoint next) {
        write(next.with(Optional.empty()));
    }

    private void write(Checkpoint next) {
        switch (documents.replace(key, next, version)) {
            case PutOutcome.Done done -> {
                checkpoint = next;
                version = done.version();
            }
            case PutOutcome.ConditionFailed _ -> throw new LostClaim(key);
        }
    }
}
