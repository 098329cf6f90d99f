package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.ErrorNames;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.undo.Fence;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a rollback, the tables are compared with what stood there before the run. */
final class VerifiedRollbackTest {
    private static final String COPIED = Plans.of("A: { identity: { rule: keep }, onConflict: overwrite }");
    private static final String IN_PLACE = Plans.inPlace("A: { set: { y: \"{% 'new ' & $record.tenant %}\" } }");
    private static final Undoing VERIFIED = Undoing.ALL.verifying(true);

    private final World world = new World();
    private int starts;

    private Migration copied() {
        world.create("A", KeyType.S);
        world.fill("src-A", 12);
        world.load("dst-A", record("id", "r1", "v", "old"));
        world.pageLimit(5);
        return Migration.migrated(world, COPIED);
    }

    private Migration changed() {
        world.create("A", KeyType.S);
        for (int i = 0; i < 12; i++) {
            application("a" + i, i, Optional.empty());
        }
        world.pageLimit(5);
        return Migration.migrated(world, IN_PLACE);
    }

    private void application(String id, int number, Optional<String> y) {
        var tenant = String.valueOf(number % 3);
        world.load(
                "src-A",
                y.map(value -> record("id", id, "tenant", tenant, "y", value))
                        .orElseGet(() -> record("id", id, "tenant", tenant)));
    }

    private Migration undoing(Migration run, String plan, Undoing undoing) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "undo-" + starts++).undoing(undoing);
        return new Migration(world, plan, start, start.ready(Action.ROLLBACK, run.run(), plan));
    }

    private static Map<Counted, Long> compared(RunReport report) {
        return report.verified().undone().orElseThrow().counts();
    }

    private static Map<Counted, Long> counts(long restored, long drift, long different) {
        return Map.of(Counted.RESTORED, restored, Counted.DRIFT, drift, Counted.DIFFERENT, different);
    }

    @Test
    void createdRecordsAreGoneAndReplacedOnesAreBack() {
        var report = undoing(copied(), COPIED, VERIFIED).rollback();
        assertThat(compared(report)).isEqualTo(counts(12, 0, 0));
        assertThat(report.verified().undone().orElseThrow().tables()).containsOnlyKeys(new TableName("A"));
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.ending().message())
                .contains("Compared with the undo log: 12 records are as before the run, 0 changed by others");
    }

    @Test
    void nothingIsComparedUnlessAskedFor() {
        var report = undoing(copied(), COPIED, Undoing.ALL).rollback();
        assertThat(report.verified().undone()).isEmpty();
    }

    @Test
    void driftIsNoDifference() {
        var run = copied();
        world.load("dst-A", record("id", "r0", "v", "theirs"));
        var report = undoing(run, COPIED, VERIFIED).rollback();
        assertThat(compared(report)).isEqualTo(counts(11, 1, 0));
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.others().drift()).hasSize(1);
    }

    /** An application writes back a copy that it read while the run had changed the record. */
    @Test
    void whatTheRunWroteAndSomebodyPutBackIsDifferentAndCanBeOverwritten() {
        var run = changed();
        var undo = undoing(run, IN_PLACE, VERIFIED);
        assertThat(undo.fence()).isInstanceOf(Fence.FenceOutcome.Closed.class);
        undo.undo();
        application("a1", 1, Optional.of("new 1"));
        application("a2", 2, Optional.of("theirs"));
        undo.compareUndone();
        var report = undo.report(dev.rekey.engine.report.RunOutcome.ROLLED_BACK);
        assertThat(compared(report)).isEqualTo(counts(10, 1, 1));
        assertThat(report.ending().error()).contains(ErrorNames.VERIFICATION_FAILED);
        assertThat(report.verified().undone().orElseThrow().different()).containsExactly("A {\"id\":{\"S\":\"a1\"}}");
        assertThat(report.others().drift()).isEmpty();

        var overwriting = new Undoing(Optional.empty(), false, Drift.OVERWRITE, false).verifying(true);
        var once = undoing(run, IN_PLACE, overwriting);
        assertThat(once.fence()).isInstanceOf(Fence.FenceOutcome.Closed.class);
        once.undo();
        application("a1", 1, Optional.of("new 1"));
        once.compareUndone();
        var putBack = once.report(dev.rekey.engine.report.RunOutcome.ROLLED_BACK);
        assertThat(compared(putBack)).isEqualTo(counts(0, 0, 1));
        assertThat(putBack.others().unrestored()).isEmpty();
        var again = undoing(run, IN_PLACE, overwriting).rollback();
        assertThat(compared(again)).isEqualTo(counts(1, 0, 0));
        assertThat(world.items("src-A")).contains(record("id", "a1", "tenant", "1"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereNothingElseWritesOnlyWhatTheRollbackKeptIsDrift(boolean exclusive) {
        var undo =
                undoing(copied(), COPIED, new Undoing(Optional.empty(), false, Drift.KEEP, exclusive).verifying(true));
        assertThat(undo.fence()).isInstanceOf(Fence.FenceOutcome.Closed.class);
        undo.undo();
        world.load("dst-A", record("id", "r1", "v", "wrongly restored"));
        undo.compareUndone();
        var report = undo.report(dev.rekey.engine.report.RunOutcome.ROLLED_BACK);
        assertThat(compared(report)).isEqualTo(exclusive ? counts(11, 0, 1) : counts(11, 1, 0));
    }

    @Test
    void onlyThePartThatWasRolledBackIsCompared() {
        var run = changed();
        var part = undoing(run, IN_PLACE, VERIFIED.where(Map.of("tenant", "1"))).rollback();
        assertThat(compared(part)).isEqualTo(counts(4, 0, 0));
        assertThat(run.control().phase()).isEqualTo(Phase.MIGRATED);
        // The rest, without what was rolled back before: others may have written there since.
        application("a1", 1, Optional.of("theirs"));
        var rest = undoing(run, IN_PLACE, VERIFIED).rollback();
        assertThat(compared(rest)).isEqualTo(counts(8, 0, 0));
    }

    /** A worker of a rollback of a part may still restore records when another execution takes over. */
    @Test
    void theFenceWaitsForTheRollbackOfAPart() {
        var run = changed();
        var part = undoing(run, IN_PLACE, VERIFIED.where(Map.of("tenant", "1")));
        part.fence();
        world.faults().after("update", "src-A", Faults.crash());
        assertThatThrownBy(part::undo).isInstanceOf(Faults.Crash.class);
        var whole = undoing(run, IN_PLACE, VERIFIED);
        assertThat(whole.fence()).isInstanceOf(Fence.FenceOutcome.Waiting.class);
        assertThat(compared(whole.rollback())).isEqualTo(counts(12, 0, 0));
    }
}
