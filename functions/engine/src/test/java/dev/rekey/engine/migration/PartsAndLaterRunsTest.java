package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A later run prevents the rollback of a part of an earlier one only if it wrote records of that part. */
final class PartsAndLaterRunsTest {
    private static final String PLAN = Plans.inPlace(
            "A: { set: { y: \"{% 'new ' & $record.tenant & $record.x %}\" } }", "B: { set: { y: done } }");
    private static final int RECORDS = 12;

    private final World world = new World();
    private int starts;

    PartsAndLaterRunsTest() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        for (int i = 0; i < RECORDS; i++) {
            world.load("src-A", record("id", "a" + i, "tenant", String.valueOf(i % 3), "x", "1"));
            world.load("src-B", record("id", "b" + i));
        }
        world.pageLimit(5);
    }

    /** The second run changes a record of tenant 2 again, and nothing else. */
    private Migration twoRuns() {
        var first = Migration.migrated(world, PLAN);
        world.load("src-A", record("id", "a2", "tenant", "2", "x", "2", "y", "new 21"));
        var second = Migration.next(world, PLAN);
        assertThat(second.migrate().failures()).isZero();
        second.report(RunOutcome.MIGRATED);
        return first;
    }

    private static Undoing table(String table) {
        return new Undoing(Optional.of(table), false, Drift.KEEP, false);
    }

    private Start start(Undoing undoing) {
        world.time().sleep(Duration.ofSeconds(1));
        return new Start(world, "undo-" + starts++).undoing(undoing);
    }

    private Prepared prepared(Migration run, Undoing undoing) {
        return start(undoing).prepareOn(Action.ROLLBACK, run.run().value(), Optional.of("p"));
    }

    private void rolledBack(Migration run, Undoing undoing, String physical, long left) {
        var start = start(undoing);
        new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, run.run(), PLAN)).rollback();
        assertThat(run.control().phase()).isEqualTo(Phase.MIGRATED);
        assertThat(world.items(physical).stream().filter(item -> item.containsKey("y")))
                .hasSize((int) left);
    }

    private void refused(Migration run, Undoing undoing) {
        var prepared = prepared(run, undoing);
        assertThat(prepared).isInstanceOf(Prepared.Refused.class);
        assertThat(((Prepared.Refused) prepared).cause()).contains("is newer and wrote the same records");
    }

    @Test
    void partsWithoutTheRecordAreRolledBack() {
        var first = twoRuns();
        refused(first, Undoing.ALL);
        refused(first, table("A"));
        refused(first, table("A").where(Map.of("tenant", "2")));
        rolledBack(first, table("B"), "src-B", 0);
        rolledBack(first, table("A").where(Map.of("tenant", "1")), "src-A", 8);
        rolledBack(first, table("A").where(Map.of("tenant", "0")), "src-A", 4);
        refused(first, table("A").where(Map.of("tenant", "2")));
    }

    @Test
    void thePartIsRolledBackOnceTheLaterRunIs() {
        var first = Migration.migrated(world, PLAN);
        world.load("src-A", record("id", "a2", "tenant", "2", "x", "2", "y", "new 21"));
        var second = Migration.next(world, PLAN);
        assertThat(second.migrate().failures()).isZero();
        second.report(RunOutcome.MIGRATED);
        refused(first, table("A").where(Map.of("tenant", "2")));
        var start = start(Undoing.ALL);
        new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, second.run(), PLAN)).rollback();
        rolledBack(first, table("A").where(Map.of("tenant", "2")), "src-A", 8);
    }

    /** The tenant of the record was another before the first run: what the log says of it decides. */
    @Test
    void aRecordIsOfThePartThatItWasInBeforeTheRun() {
        var first = Migration.migrated(world, PLAN);
        world.load("src-A", record("id", "a2", "tenant", "1", "x", "1", "y", "new 21"));
        var second = Migration.next(world, PLAN);
        assertThat(second.migrate().failures()).isZero();
        second.report(RunOutcome.MIGRATED);
        refused(first, table("A").where(Map.of("tenant", "2")));
        rolledBack(first, table("A").where(Map.of("tenant", "1")), "src-A", 8);
    }

    @Test
    void anInterruptedRollbackOfAPartGoesOn() {
        var first = twoRuns();
        var part = table("A").where(Map.of("tenant", "1"));
        var start = start(part);
        var undo = new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, first.run(), PLAN));
        world.faults().after("update", "src-A", 1, 1, Faults.crash());
        assertThatThrownBy(undo::rollback).isInstanceOf(Faults.Crash.class);
        world.waitForLeases();
        var resume = start(Undoing.ALL);
        new Migration(world, PLAN, resume, resume.ready(Action.RESUME, first.run(), PLAN)).rollback();
        assertThat(first.control().phase()).isEqualTo(Phase.MIGRATED);
        assertThat(world.items("src-A").stream().filter(item -> item.containsKey("y")))
                .hasSize(8);
    }
}
