package dev.rekey.engine.segment;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.StoreException;
import java.util.Optional;

/** Does one segment of one stage, page by page, until it is done or the invocation's time is up. */
public final class SegmentWork {
    private final Documents documents;
    private final RunFolder folder;
    private final int epoch;
    private final Invocation invocation;
    private final Pacing pacing;

    /**
     * @param epoch the run's epoch in which the work was handed out
     * @param pacing of the tables that the work asks
     */
    public SegmentWork(Documents documents, RunFolder folder, int epoch, Invocation invocation, Pacing pacing) {
        this.documents = documents;
        this.folder = folder;
        this.epoch = epoch;
        this.invocation = invocation;
        this.pacing = pacing;
    }

    /** Does one page. */
    @FunctionalInterface
    public interface PageStep {
        /**
         * Does the page that begins at {@code at}. All requests it makes have ended when it returns or throws.
         *
         * @param redone whether earlier attempts at this very page are possible
         */
        PageOutcome page(Checkpoint at, boolean redone);
    }

    /**
     * Claims the segment and does pages with {@code step}.
     *
     * @throws StoreException if a store gives no answer until the invocation's time is up, denies a request, or lacks what is asked for
     */
    public SegmentOutcome run(Stage stage, TableName table, Segment segment, PageStep step) {
        try {
            return claimed(stage, table, segment, step);
        } catch (StoreException e) {
            note(e, table, segment);
            throw e;
        }
    }

    private SegmentOutcome claimed(Stage stage, TableName table, Segment segment, PageStep step) {
        var key = folder.checkpoint(stage, table, segment);
        return switch (Claim.of(documents, key, invocation, epoch)) {
            case Claim.ClaimOutcome.AlreadyDone done ->
                halted(done.checkpoint().page())
                        .filter(SegmentOutcome.Stopped.class::isInstance)
                        .orElseGet(
                                () -> new SegmentOutcome.Done(done.checkpoint().counts()));
            case Claim.ClaimOutcome.Busy busy -> new SegmentOutcome.Busy(busy.until());
            case Claim.ClaimOutcome.Claimed claimed -> {
                pacing.resume(claimed.claim().checkpoint().pace());
                var outcome = whileOurs(claimed.claim(), table, segment, step);
                if (outcome instanceof SegmentOutcome.Done) {
                    pacing.finished(stage, table, segment);
                }
                yield outcome;
            }
        };
    }

    private SegmentOutcome whileOurs(Claim claim, TableName table, Segment segment, PageStep step) {
        try {
            return pages(claim, table, segment, step);
        } catch (LostClaim _) {
            return new SegmentOutcome.Stopped();
        }
    }

    private SegmentOutcome pages(Claim claim, TableName table, Segment segment, PageStep step) {
        try {
            boolean redone = !claim.isFresh();
            while (true) {
                var halted = halted(claim.checkpoint().page());
                if (halted.isPresent()) {
                    release(claim);
                    return halted.get();
                }
                switch (step.page(claim.checkpoint(), redone)) {
                    case PageOutcome.Failed failed -> {
                        return failed(claim, failed.failure().at(table, segment));
                    }
                    case PageOutcome.Again _ -> {
                        redone = true;
                        claim.retried();
                        if (invocation.isOver()) {
                            return more(claim);
                        }
                    }
                    case PageOutcome.Advanced advanced -> {
                        redone = false;
                        var next = counted(
                                        claim,
                                        claim.checkpoint()
                                                .after(
                                                        advanced,
                                                        invocation.time().instant()))
                                .paced(pacing.carried());
                        if (next.done() || invocation.isOver()) {
                            claim.saveAndRelease(next);
                            return next.done()
                                    ? new SegmentOutcome.Done(next.counts())
                                    : new SegmentOutcome.More(next.page(), next.counts());
                        }
                        claim.save(next);
                    }
                }
            }
        } catch (StoreException e) {
            return given(e, claim, table, segment);
        }
    }

    private SegmentOutcome given(StoreException e, Claim claim, TableName table, Segment segment) {
        return switch (e.kind()) {
            // Slowed down until the invocation was up: no failure, the next invocation goes on.
            case THROTTLED -> {
                claim.retried();
                yield more(claim);
            }
            // A write may still be under way: the lease stays, so that no worker takes the segment before it has ended.
            case UNAVAILABLE -> throw e;
            // People can mend that, and the run goes on from here.
            case DENIED, MISSING -> {
                claim.retried();
                releaseIfPossible(claim, e);
                throw e;
            }
            case INVALID -> {
                claim.retried();
                yield failed(claim, Failure.of(id(e), e.getMessage()).at(table, segment));
            }
        };
    }

    private static String id(StoreException e) {
        return switch (e.kind()) {
            case UNAVAILABLE -> "store.unavailable";
            case THROTTLED -> "store.throttled";
            case DENIED -> "store.denied";
            case MISSING -> "store.missing";
            case INVALID -> "store.invalid";
        };
    }

    /** The workflow tries again; if it gives up, this says why. */
    private void note(StoreException e, TableName table, Segment segment) {
        try {
            documents.put(folder.lastError(), Failure.of(id(e), e.getMessage()).at(table, segment));
        } catch (StoreException another) {
            e.addSuppressed(another);
        }
    }

    private SegmentOutcome more(Claim claim) {
        claim.saveAndRelease(counted(claim, claim.checkpoint()).paced(pacing.carried()));
        return new SegmentOutcome.More(
                claim.checkpoint().page(), claim.checkpoint().counts());
    }

    private SegmentOutcome failed(Claim claim, Failure failure) {
        documents.create(folder.failure(), failure);
        release(claim);
        return new SegmentOutcome.Failed(failure);
    }

    private void release(Claim claim) {
        claim.saveAndRelease(counted(claim, claim.checkpoint()));
    }

    /** Nothing is under way, so the next worker need not wait for the lease. */
    private void releaseIfPossible(Claim claim, StoreException why) {
        try {
            release(claim);
        } catch (StoreException another) {
            why.addSuppressed(another);
        }
    }

    private Checkpoint counted(Claim claim, Checkpoint next) {
        return next.consumed(claim.before().plus(pacing.consumed()).plus(documents));
    }

    /** Why the page must not be begun; empty if it may. */
    private Optional<SegmentOutcome> halted(int page) {
        var control = documents.get(folder.control(), Control.class).value();
        if (control.epoch() != epoch) {
            return Optional.of(new SegmentOutcome.Stopped());
        }
        pacing.within(control.limits());
        return control.paused().map(since -> new SegmentOutcome.Paused(page));
    }
}
