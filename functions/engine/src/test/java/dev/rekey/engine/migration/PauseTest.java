package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Pausing;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.undo.Fence;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers stop within a page, hold nothing, and go on where they were. */
final class PauseTest {
    private final World world = new World();
    private Migration migration;

    @BeforeEach
    void begin() {
        world.create("A", KeyType.S);
        world.fill("src-A", 12);
        migration = Migration.begun(world, Plans.ONE);
        world.pageLimit(5);
    }

    private Pausing pausing() {
        return new Pausing(world.documents(world.invocation()), migration.folder(), world.time());
    }

    private void unpause() {
        pausing().unpause(token -> false);
    }

    private void assertNoLease(Stage stage) {
        var documents = world.documents(world.invocation());
        assertThat(documents.list(migration.folder().checkpointPrefix(stage)))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(
                                documents.get(key, Checkpoint.class).value().lease())
                        .isEmpty());
    }

    @Test
    void aCopyStopsWithinAPageAndGoesOn() {
        var plain = new World();
        plain.create("A", KeyType.S);
        plain.fill("src-A", 12);
        assertThat(Migration.begun(plain, Plans.ONE).migrate().failures()).isZero();

        world.faults().after("create", "/log/", () -> pausing().pause());
        assertThat(migration.copyInvocation("A")).isEqualTo(new SegmentOutcome.Paused(1));
        assertThat(world.items("dst-A")).hasSize(5);
        assertNoLease(Stage.COPY);
        assertThat(migration.copyInvocation("A")).isEqualTo(new SegmentOutcome.Paused(1));
        assertThat(world.items("dst-A")).hasSize(5);

        unpause();
        assertThat(migration.migrate().failures()).isZero();
        migration.report(RunOutcome.MIGRATED);
        assertThat(world.dump()).isEqualTo(plain.dump());
    }

    @Test
    void aVerificationAndARollbackStopToo() {
        var before = world.items("dst-A");
        migration.copy(1);
        pausing().pause();
        assertThat(migration.verifyInvocation("A", world.invocation())).isEqualTo(new SegmentOutcome.Paused(0));
        unpause();
        assertThat(migration.verify(1).failures()).isZero();
        assertThat(migration.fence()).isInstanceOf(Fence.FenceOutcome.Closed.class);
        pausing().pause();
        assertThat(migration.undoInvocation("A")).isEqualTo(new SegmentOutcome.Paused(0));
        assertThat(world.items("dst-A")).hasSize(12);
        unpause();
        migration.undo();
        migration.report(RunOutcome.ROLLED_BACK);
        assertThat(world.items("dst-A")).isEqualTo(before);
    }

    @Test
    void aPausedRunIsRolledBackWithoutWaiting() {
        var before = world.items("dst-A");
        world.faults().after("create", "/log/", () -> pausing().pause());
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Paused.class);

        var start = new Start(world, "undo");
        var undo = new Migration(world, Plans.ONE, start, start.ready(Action.ROLLBACK, migration.run(), Plans.ONE));
        assertThat(undo.control().paused()).isEmpty();
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Stopped.class);
        assertThat(undo.fence()).isInstanceOf(Fence.FenceOutcome.Closed.class);
        undo.undo();
        undo.report(RunOutcome.ROLLED_BACK);
        assertThat(world.items("dst-A")).isEqualTo(before);
        assertThat(undo.control().phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void aPausedRunThatIsResumedGoesOn() {
        world.faults().after("create", "/log/", () -> pausing().pause());
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Paused.class);
        var start = new Start(world, "again");
        var again = new Migration(world, Plans.ONE, start, start.ready(Action.RESUME, migration.run(), Plans.ONE));
        assertThat(again.migrate().failures()).isZero();
        again.report(RunOutcome.MIGRATED);
        assertThat(again.control().phase()).isEqualTo(Phase.MIGRATED);
    }

    /** Nobody is left who would have noticed: a verification later must not wait for ever. */
    @Test
    void aPauseThatCameTooLateEndsWithTheRun() {
        migration.migrate();
        pausing().pause();
        migration.report(RunOutcome.MIGRATED);
        assertThat(migration.control().phase()).isEqualTo(Phase.MIGRATED);
        assertThat(migration.control().paused()).isEmpty();
    }
}
