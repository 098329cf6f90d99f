package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.InPlaceTable.PLAN;
import static dev.rekey.engine.migration.InPlaceTable.asAfter;
import static dev.rekey.engine.migration.InPlaceTable.asBefore;
import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.OnFailure;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.verify.LevelResult;
import dev.rekey.engine.verify.Verdict;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records are changed where they are, while an application goes on writing: run, assert, roll back, run again. */
final class InPlaceLifecycleTest {
    private static final int RECORDS = 20;
    private final World world = new World();
    private final InPlaceTable table = InPlaceTable.create(world, RECORDS);

    private Map<Counted, Long> counts(LevelResult result) {
        var counts = new EnumMap<Counted, Long>(Counted.class);
        result.tables().values().forEach(one -> Counted.add(one, counts));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private Migration undoing(Migration migration) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "undo");
        return new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, migration.run(), PLAN));
    }

    @Test
    void recordsAreChangedTakenBackAndChangedAgain() {
        var before = world.dump();
        world.pageLimit(3);
        var first = Migration.begun(world, PLAN);
        assertThat(counts(first.migrate())).isEqualTo(Map.of(Counted.MATCHED, 20L));
        assertThat(first.report(RunOutcome.MIGRATED).work().counts()).containsEntry(Counted.UPDATED, 20L);
        assertThat(first.control().phase()).isEqualTo(Phase.MIGRATED);
        IntStream.range(0, RECORDS).forEach(i -> assertThat(table.item(i)).isEqualTo(asAfter(i)));
        var after = world.dump();

        assertThat(undoing(first).rollback().work().counts())
                .containsEntry(Counted.RESTORED, 20L)
                .doesNotContainKey(Counted.DRIFT);
        assertThat(world.dump()).isEqualTo(before);

        assertThat(Migration.next(world, PLAN).migrate().failures()).isZero();
        assertThat(world.dump()).isEqualTo(after);
    }

    @Test
    void aSecondRunChangesNothingAndLeavesTheFirstToBeRolledBack() {
        var before = world.dump();
        var first = Migration.migrated(world, PLAN);
        var after = world.dump();
        var second = Migration.migrated(world, PLAN);
        assertThat(second.report(RunOutcome.MIGRATED).work().counts())
                .containsEntry(Counted.IDENTICAL, 20L)
                .doesNotContainKey(Counted.UPDATED);
        assertThat(undoing(second).rollback().work().counts()).doesNotContainKey(Counted.RESTORED);
        assertThat(world.dump()).isEqualTo(after);
        undoing(first).rollback();
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void whatARunWroteIsReplacedWhenItsInputChanges() {
        var before = world.dump();
        var first = Migration.migrated(world, PLAN);
        table.set(1, "x", "moved");
        table.set(2, "other", "changed");
        var moved = world.dump();
        var second = Migration.migrated(world, PLAN);
        assertThat(second.report(RunOutcome.MIGRATED).work().counts()).containsEntry(Counted.UPDATED, 1L);
        assertThat(table.item(1)).isEqualTo(record("id", "r1", "x", "moved", "y", "new moved", "other", "o1"));
        undoing(second).rollback();
        assertThat(world.dump()).isEqualTo(moved);
        table.set(1, "x", "value 1");
        table.set(2, "other", "o2");
        undoing(first).rollback();
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void whatTheNewestRunDidNotWriteIsNotReplaced() {
        Migration.migrated(world, PLAN);
        table.set(1, "x", "moved");
        Migration.migrated(world, PLAN);
        table.set(1, "x", "moved again");
        // The first run wrote this, but the second has written since.
        table.set(1, "y", "new value 1");
        table.set(3, "x", "moved too");
        table.set(3, "y", "theirs");
        world.time().sleep(Duration.ofSeconds(1));
        assertThat(Migration.prepared(world, PLAN).validate().blockers())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.id()).isEqualTo("mapping.existing");
                    assertThat(found.count()).isEqualTo(2);
                });
    }

    @Test
    void whatARunWroteThatWasTakenBackIsNotOurs() {
        var first = Migration.migrated(world, PLAN);
        undoing(first).rollback();
        table.set(1, "x", "moved");
        table.set(1, "y", "new value 1");
        world.time().sleep(Duration.ofSeconds(1));
        assertThat(Migration.prepared(world, PLAN).validate().message()).contains("mapping.existing");
    }

    /** What the application does to r1 to r6 after they were scanned and before they are changed. */
    private void applicationWrites() {
        table.set(1, "y", "theirs");
        table.set(2, "x", "changed");
        table.set(3, "other", "changed");
        table.put(asBefore(4));
        table.delete(5);
        table.put(asAfter(6));
    }

    @Test
    void nobodysWorkIsLostBetweenScanAndUpdate() {
        var migration = Migration.begun(world, PLAN);
        world.faults().before("update", InPlaceTable.NAME, this::applicationWrites);
        assertThat(counts(migration.migrate()))
                .isEqualTo(Map.of(Counted.MATCHED, 18L, Counted.LATE, 1L, Counted.GONE, 1L));
        assertThat(world.faults().left()).isZero();
        assertThat(migration.report(RunOutcome.MIGRATED).work().counts())
                .containsEntry(Counted.UPDATED, 17L)
                .containsEntry(Counted.IDENTICAL, 1L)
                .containsEntry(Counted.LATE, 1L)
                .containsEntry(Counted.GONE, 1L);
        assertThat(table.item(0)).isEqualTo(asAfter(0));
        assertThat(table.item(1).get("y").s()).isEqualTo("theirs");
        assertThat(table.item(2)).isEqualTo(record("id", "r2", "x", "changed", "y", "new changed", "other", "o2"));
        assertThat(table.item(3)).isEqualTo(record("id", "r3", "x", "value 3", "y", "new value 3", "other", "changed"));
        assertThat(table.item(4)).isEqualTo(asAfter(4));
        assertThat(table.item(5)).isEmpty();

        var twin = new World();
        var expected = InPlaceTable.create(twin, RECORDS);
        expected.set(1, "y", "theirs");
        expected.set(2, "x", "changed");
        expected.set(3, "other", "changed");
        expected.delete(5);
        expected.put(asAfter(6));
        assertThat(undoing(migration).rollback().work().counts())
                .containsEntry(Counted.RESTORED, 17L)
                .doesNotContainKey(Counted.DRIFT);
        assertThat(world.dump()).isEqualTo(twin.dump());

        // The plan leaves a value that an application chose to whoever decides about it.
        assertThat(Migration.prepared(twin, PLAN).validate().verdict()).isEqualTo(Readiness.NOT_READY);
        table.remove(1, "y");
        var again = Migration.next(world, PLAN);
        assertThat(counts(again.migrate())).isEqualTo(Map.of(Counted.MATCHED, 19L));
    }

    @Test
    void whatOthersDidAfterTheUpdateRemains() {
        var migration = Migration.begun(world, PLAN);
        migration.copy(1);
        table.put(asBefore(1));
        table.set(2, "x", "moved");
        table.delete(3);
        table.put(record("id", "new", "x", "late"));
        table.put(record("id", "r4", "x", "else", "y", "theirs"));
        var result = migration.verify(1);
        assertThat(result.failures()).isZero();
        assertThat(counts(result))
                .isEqualTo(Map.of(
                        Counted.MATCHED, 16L,
                        Counted.REVERTED, 1L,
                        Counted.LATE, 1L,
                        Counted.GONE, 1L,
                        Counted.DRIFTED, 1L,
                        Counted.MOVED, 1L));
    }

    @Test
    void aWrongValueInAnUntouchedRecordFailsWhereDriftIsAFailure() {
        var migration = Migration.begun(world, PLAN.replace("A: {", "A: { onDrift: fail,"));
        migration.copy(1);
        table.set(7, "y", "wrong");
        assertThat(migration.verify(1).failures()).isEqualTo(1);
        assertThat(migration.verify(1).differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.verdict()).isEqualTo(Verdict.ALTERED));
    }

    @Test
    void anotherValueThatAnApplicationWroteIsReported() {
        var migration = Migration.begun(world, PLAN);
        migration.copy(1);
        table.set(7, "y", "theirs");
        var result = migration.verify(1);
        assertThat(result.failures()).isZero();
        assertThat(result.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.verdict()).isEqualTo(Verdict.DRIFTED);
            assertThat(difference.attributes()).containsExactly("y");
        });
    }

    @Test
    void whatOthersChangedSinceIsKeptByTheRollback() {
        var migration = Migration.begun(world, PLAN);
        assertThat(migration.migrate().failures()).isZero();
        migration.report(RunOutcome.MIGRATED);
        table.set(1, "y", "theirs");
        table.set(2, "z", "theirs");
        table.set(3, "other", "theirs");
        table.delete(4);
        table.put(asBefore(5));
        var kept = Map.of(1, table.item(1), 2, table.item(2));
        assertThat(undoing(migration).rollback().work().counts())
                .containsEntry(Counted.DRIFT, 3L)
                .containsEntry(Counted.UNCHANGED, 1L)
                .containsEntry(Counted.RESTORED, 16L);
        // Drift of one touched attribute keeps the others as they are.
        kept.forEach((i, item) -> assertThat(table.item(i)).isEqualTo(item));
        assertThat(table.item(3)).isEqualTo(record("id", "r3", "x", "value 3", "z", "old 3", "other", "theirs"));
        assertThat(table.item(4)).isEmpty();
        assertThat(table.item(5)).isEqualTo(asBefore(5));
    }

    @Test
    void referencesThatStayAreCheckedAgain() {
        world.create("B", KeyType.S);
        IntStream.range(0, RECORDS)
                .forEach(i ->
                        world.load("src-B", record("id", "b" + i, "a", "r" + i, "next", "b" + (i + 1) % RECORDS)));
        var plan =
                Plans.inPlace("A: { set: { y: done } }", "B: { references: { a: A, next: B }, set: { kind: child } }");
        var before = world.dump();
        var migration = Migration.begun(world, plan);
        assertThat(migration.manifest().levels()).hasSize(2);
        migration.copy(1);
        table.delete(3);
        assertThat(counts(migration.verify(1))).isEqualTo(Map.of(Counted.MATCHED, 19L, Counted.GONE, 1L));
        migration.copy(2);
        assertThat(counts(migration.verify(2))).isEqualTo(Map.of(Counted.MATCHED, 20L, Counted.GONE_REFERENCE, 1L));
        table.put(asBefore(3));
        migration.report(RunOutcome.MIGRATED);
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "undo");
        new Migration(world, plan, start, start.ready(Action.ROLLBACK, migration.run(), plan)).rollback();
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void nothingIsTakenBackUnasked() {
        var start = new Start(world, "first");
        assertThat(start.ready(Action.MIGRATE, PLAN).options().onFailure()).isEqualTo(Optional.of(OnFailure.STOP));
    }

    @Test
    void theAnalysisCountsWhatIsDoneAndTheForecastIsOfTheRest() {
        var first = Migration.begun(world, PLAN);
        first.migrate();
        first.report(RunOutcome.MIGRATED);
        table.put(asBefore(3));
        table.put(asBefore(4));
        world.time().sleep(Duration.ofSeconds(1));
        var analysis = Migration.prepared(world, PLAN).validate();
        assertThat(analysis.tables().get(new TableName("A")))
                .containsEntry(Counted.IDENTICAL, RECORDS - 2L)
                .containsEntry(Counted.UPDATED, 2L);
        assertThat(analysis.survey().forecast().consumption().writeUnits()).isEqualTo(2);
    }
}
