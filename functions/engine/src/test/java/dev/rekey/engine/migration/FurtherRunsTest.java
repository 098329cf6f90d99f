package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.analyze.FindingGroup;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.Undoing;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A second run of the same plan brings what came later, and replaces what the newest run wrote and nobody changed. */
final class FurtherRunsTest {
    private static final String REFERRING = Plans.of("A: {}", "B: { references: { a: A } }");

    private final World world = new World();

    @BeforeEach
    void tables() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        world.fill("src-A", 12);
        world.load("src-B", record("id", "b", "a", "r3"));
    }

    @Test
    void aSecondRunBringsWhatIsLateAndReplacesWhatMovedUntilNothingRemains() {
        var first = Migration.next(world, REFERRING);
        first.copy(1);
        world.load("src-A", record("id", "r1", "v", "moved"));
        world.load("src-A", record("id", "late", "v", "late"));
        first.verify(1);
        first.copy(2);
        first.verify(2);
        assertThat(first.report(RunOutcome.MIGRATED).verified().remaining())
                .containsOnly(Map.entry(Counted.LATE, 1L), Map.entry(Counted.MOVED, 1L));
        var afterFirst = world.items("dst-A");

        var second = Migration.migrated(world, REFERRING);
        var report = second.report(RunOutcome.MIGRATED);
        assertThat(report.work().counts()).containsEntry(Counted.CREATED, 1L).containsEntry(Counted.REPLACED, 1L);
        assertThat(report.verified().remaining()).isEmpty();
        assertThat(world.items("dst-A")).hasSize(13).contains(second.mapped("A", record("id", "r1", "v", "moved")));
        second.rollback();
        assertThat(world.items("dst-A")).containsExactlyInAnyOrderElementsOf(afterFirst);
    }

    @Test
    void theNewestRunThatWroteTheKeyDecidesWhatMayBeReplaced() {
        Migration.migrated(world, Plans.ONE);
        world.load("src-A", record("id", "r1", "v", "second"));
        Migration.migrated(world, Plans.ONE);
        world.load("src-A", record("id", "r1", "v", "third"));
        var third = Migration.migrated(world, Plans.ONE);
        assertThat(third.report(RunOutcome.MIGRATED).work().counts()).containsEntry(Counted.REPLACED, 1L);
        // What the first run wrote is nobody's to replace any more: somebody has put it there.
        world.load("dst-A", third.mapped("A", record("id", "r1", "v", "value 1")));
        world.time().sleep(Duration.ofSeconds(1));
        assertThat(Migration.prepared(world, Plans.ONE).validate().message()).contains("target.conflict");
    }

    @Test
    void whatOthersChangedInTheTargetStaysAConflict() {
        Migration.migrated(world, Plans.ONE);
        var there = world.items("dst-A").getFirst();
        world.change("dst-A", there, "v", "theirs");
        world.time().sleep(Duration.ofSeconds(1));
        assertThat(Migration.prepared(world, Plans.ONE).validate().message()).contains("target.conflict");
    }

    @Test
    void whatARunWroteThatWasRolledBackIsNotReplaced() {
        var first = Migration.migrated(world, Plans.ONE);
        var copy = first.mapped("A", record("id", "r1", "v", "value 1"));
        rollback(first, "undo", Undoing.ALL);
        world.load("dst-A", copy);
        world.load("src-A", record("id", "r1", "v", "moved"));
        world.time().sleep(Duration.ofSeconds(1));
        assertThat(Migration.prepared(world, Plans.ONE).validate().message()).contains("target.conflict");
    }

    /** To overwrite it would make what others changed in our copy the state before the next run. */
    @Test
    void whatARollbackKeptIsNamedWithItsRunAndRemovedAsTheMessageSays() {
        var first = Migration.migrated(world, Plans.ONE);
        world.change("dst-A", first.mapped("A", record("id", "r1", "v", "value 1")), "v", "theirs");
        world.load("dst-A", first.mapped("A", record("id", "theirs", "v", "their own")));
        rollback(first, "undo", Undoing.ALL);
        world.load("src-A", record("id", "theirs", "v", "ours"));

        var refused = blocked();
        assertThat(refused.count()).isEqualTo(2);
        var command = "rekey rollback --run " + first.run() + " --drift overwrite";
        assertThat(refused.hint()).contains(command).doesNotContain("onConflict");

        rollback(first, "overwrite", new Undoing(Optional.empty(), false, Drift.OVERWRITE, false));
        var left = blocked();
        assertThat(left.count()).isOne();
        assertThat(left.hint()).contains("onConflict").doesNotContain("rollback");
        world.delete("dst-A", first.mapped("A", record("id", "theirs", "v", "their own")));
        Migration.migrated(world, Plans.ONE);
    }

    private FindingGroup blocked() {
        world.time().sleep(Duration.ofSeconds(1));
        var refused = Migration.prepared(world, Plans.ONE);
        var blockers = refused.validate().blockers();
        refused.report(RunOutcome.REFUSED);
        assertThat(blockers).extracting(FindingGroup::id).containsExactly("target.conflict");
        return blockers.getFirst();
    }

    private void rollback(Migration run, String name, Undoing how) {
        world.time().sleep(Duration.ofSeconds(1));
        var undo = new Start(world, name).undoing(how);
        new Migration(world, Plans.ONE, undo, undo.ready(Action.ROLLBACK, run.run(), Plans.ONE)).rollback();
    }

    @Test
    void aRunOfAnotherPlanReplacesNothing() {
        Migration.migrated(world, Plans.ONE);
        world.load("src-A", record("id", "r1", "v", "moved"));
        world.time().sleep(Duration.ofSeconds(1));
        var other = Plans.ONE.replaceFirst("plan: p\\b", "plan: q");
        var start = new Start(world, "other");
        var prepared = start.prepare(Action.MIGRATE, other, Optional.of("q"));
        var ready = (dev.rekey.engine.workflow.Prepared.Ready) prepared;
        assertThat(new Migration(world, other, start, ready).validate().message())
                .contains("target.conflict");
    }
}
