package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.ReportWriter;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.scan.JoinedPages;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.undo.Fence;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may work on a segment, and until when. */
final class LeasesTest {
    /** In the names of the objects that a verification puts for each page. */
    private static final String PAGE = "/joins/verify-";

    private final World world = new World();
    private Migration migration;

    @BeforeEach
    void run() {
        world.create("A", KeyType.S);
        world.fill("src-A", 12);
        migration = Migration.begun(world, Plans.ONE);
        world.pageLimit(5);
    }

    private Checkpoint checkpoint() {
        var key = migration.folder().checkpoint(Stage.COPY, new TableName("A"), new Segment(0, 1));
        return world.documents(world.invocation()).get(key, Checkpoint.class).value();
    }

    private void dieAfterTheFirstPage() {
        world.faults().after("putAll", "dst-A", 1, 1, Faults.crash());
        assertThatThrownBy(() -> migration.copyInvocation("A")).isInstanceOf(Faults.Crash.class);
    }

    @Test
    void anOpenLeaseKeepsOthersOutUntilItsDeadlineAndAMargin() {
        dieAfterTheFirstPage();
        var start = world.time().instant();
        var busy = (SegmentOutcome.Busy) migration.copyInvocation("A");
        assertThat(busy.until()).isEqualTo(start.plusSeconds(60 + 20 + 5));
        world.time().sleep(Duration.between(start, busy.until()).minusMillis(1));
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Busy.class);
        world.time().sleep(Duration.ofMillis(1));
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
        assertThat(checkpoint().lease()).isEmpty();
        assertThat(checkpoint().counts()).containsEntry(Counted.READ, 12L);
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
    }

    @Test
    void aWorkerThatLostItsClaimStopsAtOnce() {
        world.faults().after("putAll", "dst-A", () -> {
            world.waitForLeases();
            assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
        });
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Stopped.class);
        assertThat(checkpoint().counts()).containsEntry(Counted.READ, 12L);
        assertThat(migration.verify(1).failures()).isZero();
        migration.rollback();
        assertThat(world.items("dst-A")).isEmpty();
    }

    @Test
    void aWorkerThatIsThrottledAndLostItsClaimStopsToo() {
        world.faults().before("putAll", "dst-A", () -> {
            world.waitForLeases();
            assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
            Faults.throttled().run();
        });
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Stopped.class);
    }

    @Test
    void aWorkerThatStoodStillDoesNotReplaceWhatAnotherFoundOnItsPage() {
        migration.copy(1);
        world.pageLimit(1);
        world.faults().after("scan", "src-A", JoinedPages.MOST - 1, 1, () -> {
            world.waitForLeases();
            world.pageLimit(100);
            assertThat(migration.verifyInvocation("A", world.invocation())).isInstanceOf(SegmentOutcome.Done.class);
        });
        assertThat(migration.verifyInvocation("A", world.invocation())).isInstanceOf(SegmentOutcome.Stopped.class);
        assertThat(migration.verify(1).tables()).isEqualTo(Map.of(new TableName("A"), Map.of(Counted.MATCHED, 12L)));
    }

    @Test
    void aPageThatIsNotWrittenBeforeTheInvocationEndsIsDoneAgain() {
        migration.copy(1);
        world.faults().after("scan", "src-A", () -> world.time().sleep(Duration.ofSeconds(61)));
        assertThat(migration.verifyInvocation("A", world.invocation())).isInstanceOf(SegmentOutcome.More.class);
        assertThat(world.objects().contents().keySet()).noneMatch(key -> key.contains(PAGE));
        assertThat(migration.verifyInvocation("A", world.invocation())).isInstanceOf(SegmentOutcome.Done.class);
        assertThat(migration.verify(1).failures()).isZero();
    }

    @Test
    void whileAPageMayStillBePutItsSegmentIsNotGivenBack() {
        migration.copy(1);
        world.faults().before("put", PAGE, 0, 1, Faults.noAnswer());
        world.faults().before("put", PAGE, 0, 1_000, Faults.throttled());
        assertThatThrownBy(() -> migration.verifyInvocation("A", world.invocation()))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
        assertThat(migration.verifyInvocation("A", world.invocation())).isInstanceOf(SegmentOutcome.Busy.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLostAnswerToTheClaimOrTheCheckpointIsReconciled(boolean done) {
        for (var request : new String[] {"create", "replace"}) {
            if (done) {
                world.faults().after(request, "/checkpoints/copy", 0, 2, Faults.noAnswer());
            } else {
                world.faults().before(request, "/checkpoints/copy", 0, 2, Faults.noAnswer());
            }
        }
        world.faults().after("create", "/log/", 0, 1, Faults.noAnswer());
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
        assertThat(checkpoint().counts()).containsEntry(Counted.READ, 12L);
        assertThat(world.items("dst-A")).hasSize(12);
    }

    @Test
    void aRaisedEpochStopsTheWorkerAtTheNextPage() {
        world.faults().after("putAll", "dst-A", () -> migration.fence());
        var old = migration.epoch();
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Stopped.class);
        assertThat(migration.epoch()).isEqualTo(old + 1);
        assertThat(world.items("dst-A")).hasSize(5);
        assertThat(checkpoint().lease()).isEmpty();
        migration.rollback();
        assertThat(world.items("dst-A")).isEmpty();
    }

    @Test
    void theFenceWaitsForOpenLeasesOfEarlierEpochs() {
        dieAfterTheFirstPage();
        var waiting = (Fence.FenceOutcome.Waiting) migration.fence();
        assertThat(waiting.longest()).isEqualTo(Duration.ofSeconds(85));
        assertThat(migration.control().phase()).isEqualTo(Phase.ROLLING_BACK);
        world.time().sleep(waiting.longest().minusMillis(1));
        assertThat(migration.fence()).isInstanceOf(Fence.FenceOutcome.Waiting.class);
        world.time().sleep(Duration.ofMillis(1));
        assertThat(migration.fence()).isInstanceOf(Fence.FenceOutcome.Closed.class);
        migration.undo();
        assertThat(world.items("dst-A")).isEmpty();
    }

    @Test
    void whoeverIsKnownToBeDeadIsNotWaitedFor() {
        dieAfterTheFirstPage();
        world.processDied();
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
        assertThat(world.items("dst-A")).hasSize(12);
    }

    @Test
    void theFenceDoesNotWaitForTheDeadEither() {
        dieAfterTheFirstPage();
        assertThat(migration.fence()).isInstanceOf(Fence.FenceOutcome.Waiting.class);
        world.processDied();
        var closed = (Fence.FenceOutcome.Closed) migration.fence();
        assertThat(closed.how().sentence())
                .contains("1 lease of stopped workers")
                .contains(", 0 s).");
        migration.undo();
        assertThat(world.items("dst-A")).isEmpty();
    }

    @Test
    void aWorkerOfAnEarlierEpochIsNotToldThatItsSegmentIsDone() {
        migration.copy(1);
        var start = new Start(world, "again");
        start.ready(Action.RESUME, migration.run(), Plans.ONE);
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Stopped.class);
    }

    @Test
    void theFenceWaitsForAnEarlierRollbackToo() {
        migration.copy(1);
        migration.fence();
        world.faults().after("delete", "dst-A", 3, 1, Faults.crash());
        assertThatThrownBy(() -> migration.undoInvocation("A")).isInstanceOf(Faults.Crash.class);
        var start = new Start(world, "again");
        var resumed = new Migration(world, Plans.ONE, start, start.ready(Action.RESUME, migration.run(), Plans.ONE));
        assertThat(resumed.fence()).isInstanceOf(Fence.FenceOutcome.Waiting.class);
        assertThat(migration.fence()).isInstanceOf(Fence.FenceOutcome.Superseded.class);
        resumed.rollback();
        assertThat(world.items("dst-A")).isEmpty();
        assertThat(resumed.control().phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void aFenceWhoseAnswerWasLostIsNotSuperseded() {
        world.faults().after("list", "/checkpoints/copy", Faults.crash());
        assertThatThrownBy(() -> migration.fence()).isInstanceOf(Faults.Crash.class);
        assertThat(migration.fence()).isInstanceOf(Fence.FenceOutcome.Closed.class);
        assertThat(migration.control().epoch()).isEqualTo(migration.epoch());
    }

    @Test
    void whoeverWasSupersededNeitherEndsTheRunNorGivesBackItsLocks() {
        migration.copy(1);
        world.faults().before("replace", "/control.json", () -> {
            var start = new Start(world, "undo");
            start.ready(Action.ROLLBACK, migration.run(), Plans.ONE);
        });
        assertThat(migration.reported(RunOutcome.MIGRATED)).isInstanceOf(ReportWriter.ReportOutcome.Superseded.class);
        assertThat(migration.control().phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(world.objects().contents().keySet()).noneMatch(key -> key.contains("/reports/migrated"));
        assertThat(world.objects().contents())
                .allSatisfy((key, content) -> assertThat(key.startsWith("ledger/")
                                && new String(content, java.nio.charset.StandardCharsets.UTF_8).contains("migrated"))
                        .isFalse());
        assertThat(migration.report(RunOutcome.INCOMPLETE).ending().error()).contains("Rekey.Superseded");
        world.time().sleep(Duration.ofSeconds(1));
        assertThat(new Start(world, "other").prepare(Action.MIGRATE, Plans.ONE, java.util.Optional.of("p")))
                .isInstanceOf(dev.rekey.engine.workflow.Prepared.Refused.class);
    }
}
