package dev.rekey.engine.workflow;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.segment.SegmentWork;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.workflow.RecordTrial.TrialOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Works on records that are given as on the only segment of their table. */
record TrialSegments(RunContext run, Ports ports, Task task, Pacing pacing) {
    /** The outcome that ends the test; empty if the segment is done. */
    Optional<TrialOutcome> run(Stage stage, TableName table, PageStep step) {
        var work = new SegmentWork(ports.documents(), run.folder(), task.epoch(), ports.invocation(), pacing);
        var outcome = work.run(stage, table, RecordTrial.ALL, step);
        while (outcome instanceof SegmentOutcome.Busy(var until)) {
            awaitEarlierAttempt(table, until);
            outcome = work.run(stage, table, RecordTrial.ALL, step);
        }
        return switch (outcome) {
            case SegmentOutcome.Done _ -> Optional.empty();
            case SegmentOutcome.Failed failed -> Optional.of(new TrialOutcome.Failed(failed.failure()));
            case SegmentOutcome.Stopped _ -> Optional.of(new TrialOutcome.Stopped());
            case SegmentOutcome.Paused _ ->
                Optional.of(failed(Failure.in(
                        table,
                        "test.paused",
                        "Cannot test a record of " + table + ": the run was paused. " + undoing()
                                + " Start the test again.")));
            case SegmentOutcome.More _, SegmentOutcome.Busy _ ->
                Optional.of(failed(Failure.in(
                        table,
                        "test.time",
                        "Cannot test a record of " + table
                                + ": it exceeded the time of one invocation. " + undoing()
                                + " Lower closureLimit, or increase the capacity of the tables.")));
        };
    }

    /** An attempt whose function died may still write until its lease ends. */
    private void awaitEarlierAttempt(TableName table, Instant until) {
        var now = ports.invocation().time().instant();
        if (!until.isBefore(ports.invocation().end())) {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    "Cannot test a record of " + table + ": an earlier attempt may still write until " + until
                            + ". Nothing was changed by this one. It is tried again.");
        }
        ports.invocation().time().sleep(Duration.between(now, until));
    }

    /** What is done about what the test wrote. */
    String undoing() {
        if (!run.plan().changesInPlace()) {
            return "What was written is removed.";
        }
        return run.plan().copies()
                ? "What was written is removed, and what was changed is restored."
                : "What was changed is restored.";
    }

    TrialOutcome failed(Failure failure) {
        ports.documents().create(run.folder().failure(), failure);
        return new TrialOutcome.Failed(failure);
    }
}
