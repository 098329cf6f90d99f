package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.report.Ending;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.table.KeyType;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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

    private Migration next(String plan) {
        world.time().sleep(Duration.ofSeconds(1));
        return Migration.begun(world, plan);
    }

    private Migration migrated(String plan) {
        var migration = next(plan);
        assertThat(migration.migrate().failures()).isZero();
        migration.report(Ending.MIGRATED);
        return migration;
    }

    private void change(String table, Map<String, AttributeValue> record, String name, String value) {
        var changed = new HashMap<>(record);
        changed.put(name, AttributeValue.fromS(value));
        world.load(table, changed);
    }

    @Test
    void aSecondRunBringsWhatIsLateAndReplacesWhatMovedUntilNothingRemains() {
        var first = next(REFERRING);
        first.copy(1);
        world.load("src-A", record("id", "r1", "v", "moved"));
        world.load("src-A", record("id", "late", "v", "late"));
        first.verify(1);
        first.copy(2);
        first.verify(2);
        assertThat(first.report(Ending.MIGRATED).remaining())
                .containsOnly(Map.entry("late", 1L), Map.entry("moved", 1L));
        var afterFirst = world.items("dst-A");

        var second = migrated(REFERRING);
        var report = second.report(Ending.MIGRATED);
        assertThat(report.counts()).containsEntry("created", 1L).containsEntry("replaced", 1L);
        assertThat(report.remaining()).isEmpty();
        assertThat(world.items("dst-A")).hasSize(13).contains(second.mapped("A", record("id", "r1", "v", "moved")));
        second.rollback();
        assertThat(world.items("dst-A")).containsExactlyInAnyOrderElementsOf(afterFirst);
    }

    @Test
    void theNewestRunThatWroteTheKeyDecidesWhatMayBeReplaced() {
        migrated(Plans.ONE);
        world.load("src-A", record("id", "r1", "v", "second"));
        migrated(Plans.ONE);
        world.load("src-A", record("id", "r1", "v", "third"));
        var third = migrated(Plans.ONE);
        assertThat(third.report(Ending.MIGRATED).counts()).containsEntry("replaced", 1L);
        // What the first run wrote is nobody's to replace any more: somebody has put it there.
        world.load("dst-A", third.mapped("A", record("id", "r1", "v", "value 1")));
        world.time().sleep(Duration.ofSeconds(1));
        assertThat(Migration.prepared(world, Plans.ONE).validate().message()).contains("target.conflict");
    }

    @Test
    void whatOthersChangedInTheTargetStaysAConflict() {
        migrated(Plans.ONE);
        var there = world.items("dst-A").getFirst();
        change("dst-A", there, "v", "theirs");
        world.time().sleep(Duration.ofSeconds(1));
        assertThat(Migration.prepared(world, Plans.ONE).validate().message()).contains("target.conflict");
    }

    @Test
    void whatARunWroteThatWasRolledBackIsNotReplaced() {
        var first = migrated(Plans.ONE);
        var copy = first.mapped("A", record("id", "r1", "v", "value 1"));
        world.time().sleep(Duration.ofSeconds(1));
        var undo = new Start(world, "undo");
        new Migration(world, Plans.ONE, undo, undo.ready(Action.ROLLBACK, first.run(), Plans.ONE)).rollback();
        world.load("dst-A", copy);
        world.load("src-A", record("id", "r1", "v", "moved"));
        world.time().sleep(Duration.ofSeconds(1));
        assertThat(Migration.prepared(world, Plans.ONE).validate().message()).contains("target.conflict");
    }

    @Test
    void aRunOfAnotherPlanReplacesNothing() {
        migrated(Plans.ONE);
        world.load("src-A", record("id", "r1", "v", "moved"));
        world.time().sleep(Duration.ofSeconds(1));
        var other = Plans.ONE.replaceFirst("plan: p\\b", "plan: q");
        var start = new Start(world, "other");
        var prepared = start.prepare(Action.MIGRATE, other, java.util.Optional.of("q"));
        var ready = (dev.rekey.engine.prepare.Prepared.Ready) prepared;
        assertThat(new Migration(world, other, start, ready).validate().message())
                .contains("target.conflict");
    }
}
