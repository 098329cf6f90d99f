package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One table of a run is taken back, alone or with those that refer to it. */
final class PartialRollbackTest {
    private static final String PLAN = Plans.of(
            "A: {}",
            "B: { references: { a: A } }",
            "C: { references: { b: B } }",
            "D: { references: { d: D } }",
            "E: { references: { f: F } }",
            "F: { references: { e: E } }");

    private final World world = new World();
    private Migration migration;
    private int starts;

    @BeforeEach
    void migrated() {
        List.of("A", "B", "C", "D", "E", "F").forEach(name -> world.create(name, KeyType.S));
        world.load("src-A", record("id", "a1"));
        world.load("src-B", record("id", "b1", "a", "a1"));
        world.load("src-C", record("id", "c1", "b", "b1"));
        world.load("src-D", record("id", "d1", "d", "d1"));
        world.load("src-E", record("id", "e1", "f", "f1"));
        world.load("src-F", record("id", "f1", "e", "e1"));
        migration = Migration.begun(world, PLAN);
        assertThat(migration.migrate().failures()).isZero();
        migration.report(RunOutcome.MIGRATED);
    }

    private Start start(String table, boolean cascade) {
        world.time().sleep(Duration.ofSeconds(1));
        return new Start(world, "undo-" + starts++)
                .undoing(new Undoing(Optional.of(table), cascade, Drift.KEEP, false));
    }

    private RunReport rollback(String table, boolean cascade) {
        var start = start(table, cascade);
        var undo = new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, migration.run(), PLAN));
        var report = undo.rollback();
        assertThat(migration.control().phase()).isEqualTo(Phase.MIGRATED);
        // As the workflow does when the answer was lost.
        undo.report(RunOutcome.ROLLED_BACK);
        assertThat(migration.control().phase()).isEqualTo(Phase.MIGRATED);
        return report;
    }

    private RunReport rollbackOfAll(String name, Drift drift) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, name).undoing(new Undoing(Optional.empty(), false, drift, false));
        return new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, migration.run(), PLAN)).rollback();
    }

    private String refused(String table) {
        var prepared =
                start(table, false).prepareOn(Action.ROLLBACK, migration.run().value(), Optional.of("p"));
        assertThat(prepared).isInstanceOf(Prepared.Refused.class);
        return ((Prepared.Refused) prepared).cause();
    }

    /** The tables that have records in the target. */
    private List<String> standing() {
        return List.of("A", "B", "C", "D", "E", "F").stream()
                .filter(name -> !world.items("dst-" + name).isEmpty())
                .toList();
    }

    @Test
    void aTableThatOthersReferToIsRefusedWithThem() {
        assertThat(refused("A"))
                .contains("records of B refer")
                .contains("would have dangling references")
                .contains("--table A --cascade");
        assertThat(refused("E")).contains("records of F refer");
        assertThat(refused("X")).contains("no such table").contains("one of: A, B, C, D, E, F.");
        assertThat(standing()).hasSize(6);
    }

    @Test
    void aTableThatRefersToItselfOnlyIsRolledBackAlone() {
        rollback("D", false);
        assertThat(standing()).containsExactly("A", "B", "C", "E", "F");
    }

    @Test
    void cascadeTakesWhateverRefersToItDirectlyOrNot() {
        rollback("A", true);
        assertThat(standing()).containsExactly("D", "E", "F");
        rollback("E", true);
        assertThat(standing()).containsExactly("D");
    }

    @Test
    void onceTheReferringTablesAreRolledBackTheTableIsAlone() {
        rollback("C", false);
        rollback("B", false);
        rollback("A", false);
        assertThat(standing()).containsExactly("D", "E", "F");
    }

    @Test
    void theRestIsRolledBackAfterwards() {
        rollback("B", true);
        var start = new Start(world, "all");
        new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, migration.run(), PLAN)).rollback();
        assertThat(standing()).isEmpty();
        assertThat(migration.control().phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void eachRollbackCountsWhatItDidAndNotWhatWasGone() {
        assertThat(rollback("C", false).ending().message()).contains("1 record deleted");
        var second = rollback("B", false);
        assertThat(second.ending().message()).contains("1 record deleted");
        assertThat(second.work().counts()).containsEntry(Counted.DELETED, 1L).doesNotContainKey(Counted.DRIFT);
        var all = rollbackOfAll("all", Drift.KEEP);
        assertThat(all.ending().message()).contains("4 records deleted");
        assertThat(all.work().counts()).containsEntry(Counted.DELETED, 4L).doesNotContainKey(Counted.DRIFT);
        assertThat(all.work().tables()).hasSize(4);
        assertThat(all.others().drift()).isEmpty();
        assertThat(standing()).isEmpty();
    }

    @Test
    void aResumedRollbackCountsWhatItDidBefore() {
        rollback("C", false);
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "all");
        var undo = new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, migration.run(), PLAN));
        undo.fence();
        undo.undo();
        var again = new Start(world, "again");
        var resumed = new Migration(world, PLAN, again, again.ready(Action.RESUME, migration.run(), PLAN));
        assertThat(resumed.rollback().ending().message()).contains("5 records deleted");
    }

    @Test
    void aTableThatWasTakenBackDriftAndAllHasNoneAfterwards() {
        world.time().sleep(Duration.ofSeconds(1));
        var start =
                new Start(world, "overwriting").undoing(new Undoing(Optional.of("D"), false, Drift.OVERWRITE, false));
        new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, migration.run(), PLAN)).rollback();
        assertThat(rollbackOfAll("all", Drift.KEEP).others().drift()).isEmpty();
    }

    @Test
    void aResumedPartialRollbackStaysPartial() {
        var start = start("B", true);
        new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, migration.run(), PLAN)).fence();
        var again = new Start(world, "again");
        new Migration(world, PLAN, again, again.ready(Action.RESUME, migration.run(), PLAN)).rollback();
        assertThat(standing()).containsExactly("A", "D", "E", "F");
        assertThat(migration.control().phase()).isEqualTo(Phase.MIGRATED);
    }

    @Test
    void aRunThatIsNotWholeIsNotRolledBackInPart() {
        var start = start("B", true);
        new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, migration.run(), PLAN)).fence();
        assertThat(refused("D")).contains("rolling back, not migrated");
        var all = new Start(world, "all");
        new Migration(world, PLAN, all, all.ready(Action.ROLLBACK, migration.run(), PLAN)).fence();
        assertThat(refused("C")).contains("Roll back the whole run");
    }
}
