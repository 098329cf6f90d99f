package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Phase;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Run, assert, roll back, assert byte-identical, run again. */
final class MemoryLifecycleTest {
    private static final String PLAN = Plans.of("A: {}", "B: { references: { a: A, next: B } }");
    private final World world = new World();

    private void twoTables() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        world.fill("src-A", 20);
        IntStream.range(0, 20)
                .forEach(i -> world.load("src-B", record("id", "b" + i, "a", "r" + i, "next", "b" + (i + 1) % 20)));
    }

    @Test
    void severalSegmentsAndPagesGoThereAndBackTwice() {
        twoTables();
        var before = world.dump();
        world.pageLimit(3);
        var first = Migration.begun(world, PLAN);
        assertThat(first.manifest().tables().values())
                .allMatch(table -> table.sourceSegments().scans() > 1);
        assertThat(first.migrate().failures()).isZero();
        var report = first.report(RunOutcome.MIGRATED);
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.work().counts()).containsEntry(Counted.CREATED, 40L);
        assertThat(first.control().phase()).isEqualTo(Phase.MIGRATED);
        assertThat(world.items("dst-A")).hasSize(20);
        var after = world.dump();

        var start = new Start(world, "undo");
        var undo = new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, first.run(), PLAN));
        assertThat(undo.rollback().work().counts())
                .containsEntry(Counted.DELETED, 40L)
                .doesNotContainKey(Counted.DRIFT);
        assertThat(world.dump()).isEqualTo(before);

        world.time().sleep(java.time.Duration.ofSeconds(1));
        var again = Migration.begun(world, PLAN);
        assertThat(again.migrate().failures()).isZero();
        assertThat(world.dump()).isEqualTo(after);
    }

    @Test
    void aSecondRunWritesNothingAndTheFirstCannotBeRolledBackBeforeIt() {
        twoTables();
        var first = Migration.begun(world, PLAN);
        first.migrate();
        first.report(RunOutcome.MIGRATED);
        world.time().sleep(java.time.Duration.ofSeconds(1));
        var second = Migration.begun(world, PLAN);
        assertThat(second.migrate().failures()).isZero();
        assertThat(second.report(RunOutcome.MIGRATED).work().counts())
                .containsEntry(Counted.IDENTICAL, 40L)
                .doesNotContainKey(Counted.CREATED);
        assertThat(second.rollback().work().counts()).doesNotContainKey(Counted.DELETED);
        assertThat(world.items("dst-A")).hasSize(20);
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void identitiesOfEveryTypeAreFoundAgain(KeyType type) {
        var plan = Plans.of("A: { identity: { rule: derive, digits: 18 } }", "B: { references: { a: A } }");
        world.create("A", type);
        world.create("B", KeyType.S);
        for (int i = 1; i < 6; i++) {
            var id = id(type, i);
            world.load("src-A", java.util.Map.of("id", id));
            world.load("src-B", java.util.Map.of("id", AttributeValue.fromS("b" + i), "a", id));
        }
        var migration = Migration.begun(world, plan);
        var result = migration.migrate();
        assertThat(result.failures()).isZero();
        assertThat(result.level()).isEqualTo(2);
        var ids = world.items("dst-A").stream().map(item -> item.get("id")).toList();
        assertThat(world.items("dst-B")).allMatch(item -> ids.contains(item.get("a")));
    }

    private static AttributeValue id(KeyType type, int i) {
        return switch (type) {
            case S -> AttributeValue.fromS("id" + i);
            case N -> AttributeValue.fromN("" + i);
            case B -> AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {(byte) i, -1}));
        };
    }

    @Test
    void aFailedMigrationTakesItselfBack() {
        twoTables();
        world.load("dst-A", record("id", "x"));
        var before = world.dump();
        var migration = Migration.begun(world, PLAN);
        migration.orphaned("A", "r7");
        migration.copy(1);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> migration.copy(2))
                .isInstanceOfSatisfying(
                        SegmentFailed.class,
                        failed -> assertThat(failed.failure().id()).isEqualTo("mapping.orphan"));
        var report = migration.rollback();
        assertThat(report.ending().error()).contains("Rekey.RolledBack");
        assertThat(world.dump()).isEqualTo(before);
        assertThat(migration.control().phase()).isEqualTo(Phase.ROLLED_BACK);
    }
}
