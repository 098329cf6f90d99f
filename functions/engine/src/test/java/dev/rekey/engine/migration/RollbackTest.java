package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Taking back what a run wrote, and nothing else. */
final class RollbackTest {
    private static final String PLAN = Plans.of("A: { identity: { rule: keep }, onConflict: overwrite }");
    private final World world = new World();
    private Migration migration;
    private String before;

    @BeforeEach
    void migrated() {
        world.create("A", KeyType.S);
        world.fill("src-A", 12);
        world.load("dst-A", record("id", "r1", "v", "old"));
        world.load("dst-A", record("id", "r2", "v", "value 2"));
        world.load("dst-A", record("id", "r3", "old", "old"));
        before = world.dump();
        migration = Migration.begun(world, PLAN);
        world.pageLimit(5);
        assertThat(migration.migrate().failures()).isZero();
    }

    @Test
    void whatWasCreatedIsDeletedAndWhatWasReplacedIsRestored() {
        var report = migration.rollback();
        assertThat(report.work().counts())
                .containsEntry(Counted.DELETED, 9L)
                .containsEntry(Counted.RESTORED, 2L)
                .doesNotContainKey(Counted.DRIFT);
        assertThat(world.dump()).isEqualTo(before);
    }

    /** As deploying says: after a stack was deleted, its bucket's objects are copied into that of a new one. */
    @Test
    void aRunIsRolledBackFromACopyOfItsBucket() {
        migration.report(RunOutcome.MIGRATED);
        var objects = world.objects();
        var copied = objects.contents();
        copied.keySet().forEach(name -> objects.delete(new ObjectKey(name)));
        copied.forEach((name, content) -> objects.put(new ObjectKey(name), content));
        var undo = new Start(world, "of the new stack");
        new Migration(world, PLAN, undo, undo.ready(Action.ROLLBACK, migration.run(), PLAN)).rollback();
        assertThat(world.dump()).isEqualTo(before);
    }

    /** DynamoDB allows names of 64 KB; they stand in images, counts and checkpoints. */
    @Test
    void aRecordWithALongNameIsRestored() {
        var other = new World();
        other.create("A", KeyType.S);
        var old = new HashMap<>(record("id", "r1"));
        old.put("n".repeat(60_000), AttributeValue.fromS("x"));
        other.load("dst-A", old);
        var source = new HashMap<>(record("id", "r1"));
        source.put("m".repeat(60_000), AttributeValue.fromS("y"));
        other.load("src-A", source);
        var untouched = other.dump();
        var ofLongNames = Migration.begun(other, PLAN);
        assertThat(ofLongNames.migrate().failures()).isZero();
        ofLongNames.rollback();
        assertThat(other.dump()).isEqualTo(untouched);
    }

    @Test
    void whatOthersChangedStaysAndIsListed() {
        var changed = record("id", "r5", "v", "theirs");
        var grown = record("id", "r6", "v", "value 6", "added", "theirs");
        world.load("dst-A", changed);
        world.load("dst-A", grown);
        world.delete("dst-A", record("id", "r7", "v", "value 7"));
        world.delete("dst-A", record("id", "r3", "v", "value 3"));
        world.load("dst-A", record("id", "r1", "v", "old"));
        var report = migration.rollback();
        assertThat(report.work().counts())
                .containsEntry(Counted.DRIFT, 4L)
                .containsEntry(Counted.UNCHANGED, 1L)
                .containsEntry(Counted.DELETED, 6L)
                .doesNotContainKey(Counted.RESTORED);
        assertThat(report.others().drift()).hasSize(4);
        assertThat(report.ending().error()).contains("Rekey.RolledBackWithDrift");
        assertThat(world.items("dst-A"))
                .containsExactlyInAnyOrder(
                        changed, grown, record("id", "r1", "v", "old"), record("id", "r2", "v", "value 2"));
    }

    @Test
    void anAttributeThatIsAddedJustBeforeTheDeleteIsPutBack() {
        world.faults()
                .before(
                        "delete",
                        "dst-A",
                        () -> world.items("dst-A").stream()
                                .filter(item -> !item.get("id").s().matches("r[123]"))
                                .forEach(item -> {
                                    var grown = new HashMap<>(item);
                                    grown.put("added", AttributeValue.fromS("theirs"));
                                    world.load("dst-A", grown);
                                }));
        var report = migration.rollback();
        assertThat(report.work().counts()).containsEntry(Counted.DRIFT, 9L).containsEntry(Counted.RESTORED, 2L);
        assertThat(world.items("dst-A").stream().filter(item -> item.containsKey("added")))
                .hasSize(9);
    }

    @Test
    void anAttributeThatIsAddedJustBeforeTheRestoreIsPutBack() {
        var grown = record("id", "r1", "v", "value 1", "added", "theirs");
        world.faults().before("put", "dst-A", 0, 2, () -> {
            if (world.items("dst-A").contains(record("id", "r1", "v", "value 1"))) {
                world.load("dst-A", grown);
            }
        });
        var report = migration.rollback();
        assertThat(report.others().drift()).hasSize(1);
        assertThat(world.items("dst-A")).contains(grown, record("id", "r3", "old", "old"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lostAnswersAreReadBeforeTheyAreJudged(boolean done) {
        for (var request : new String[] {"delete", "put"}) {
            if (done) {
                world.faults().after(request, "dst-A", 0, 2, Faults.noAnswer());
            } else {
                world.faults().before(request, "dst-A", 0, 2, Faults.noAnswer());
            }
        }
        var report = migration.rollback();
        assertThat(world.faults().left()).isZero();
        assertThat(report.others().drift()).isEmpty();
        assertThat(world.dump()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 8})
    void aRollbackThatDiesIsGoneOnWith(int deletes) {
        migration.fence();
        world.faults().after("delete", "dst-A", deletes, 1, Faults.crash());
        assertThatThrownBy(() -> migration.undoInvocation("A")).isInstanceOf(Faults.Crash.class);
        var start = new Start(world, "again");
        var again = new Migration(world, PLAN, start, start.ready(Action.RESUME, migration.run(), PLAN));
        var report = again.rollback();
        assertThat(report.others().drift()).isEmpty();
        assertThat(report.ending().outcome()).isEqualTo("rolledBack");
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void throttlingIsNoFailure() {
        world.faults().before("delete", "dst-A", 0, 100, Faults.throttled());
        migration.rollback();
        assertThat(world.faults().left()).isZero();
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void nothingIsUndoneTwice() {
        migration.rollback();
        world.load("dst-A", record("id", "r5", "v", "value 5"));
        assertThat(migration.undoInvocation("A")).isInstanceOf(SegmentOutcome.Done.class);
        assertThat(world.items("dst-A")).contains(record("id", "r5", "v", "value 5"));
        for (var action : new Action[] {Action.ROLLBACK, Action.RESUME}) {
            assertThat(new Start(world, "again")
                            .prepareOn(action, migration.run().value(), Optional.of("p")))
                    .isInstanceOf(Prepared.Refused.class);
        }
        assertThat(migration.control().phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void recordsOfMoreAttributesThanAConditionHoldsAreConditionedOnAPart() {
        var wide = new HashMap<>(record("id", "wide"));
        IntStream.range(0, 200).forEach(i -> wide.put("a%03d".formatted(i), AttributeValue.fromS("x")));
        var second = new Wide(wide);
        second.migrateAndChangeDuringRollback();
    }

    /** A run of its own, of one wide record. */
    private record Wide(Map<String, AttributeValue> record) {
        void migrateAndChangeDuringRollback() {
            var world = new World();
            world.create("A", KeyType.S);
            world.load("src-A", record);
            var migration = Migration.begun(world, PLAN);
            migration.migrate();
            migration.report(RunOutcome.MIGRATED);
            var changed = new HashMap<>(record);
            changed.put("a199", AttributeValue.fromS("theirs"));
            world.faults().before("delete", "dst-A", () -> world.load("dst-A", changed));
            var report = migration.rollback();
            assertThat(report.others().drift()).hasSize(1);
            assertThat(world.items("dst-A")).containsExactly(changed);
        }
    }

    @Test
    void anUndoThatMayStillBeUnderWayKeepsTheSegmentWhateverEndsThePage() {
        migration.fence();
        world.faults().before("delete", "dst-A", Faults.noAnswer());
        world.faults().before("delete", "dst-A", 0, 1_000_000, Faults.throttled());
        assertThatThrownBy(() -> migration.undoInvocation("A"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
        assertThat(migration.undoInvocation("A")).isInstanceOf(SegmentOutcome.Busy.class);
    }

    @Test
    void whatTheConditionCouldNotSeeIsPutBackAsLongAsTheLeaseLasts() {
        migration.fence();
        world.faults().before("delete", "dst-A", () -> {
            world.items("dst-A").forEach(item -> {
                var grown = new HashMap<>(item);
                grown.put("added", AttributeValue.fromS("theirs"));
                world.load("dst-A", grown);
            });
            world.faults().before("put", "dst-A", Faults.throttled());
        });
        world.faults().after("delete", "dst-A", () -> world.time().sleep(Duration.ofSeconds(61)));
        var theirs = world.items("dst-A").size();
        assertThat(migration.undoInvocation("A")).isInstanceOf(SegmentOutcome.More.class);
        assertThat(world.faults().left()).isZero();
        assertThat(world.items("dst-A"))
                .hasSize(theirs)
                .allSatisfy(item -> assertThat(item).containsKey("added"));
    }

    @Test
    void whatIsPutBackIsTriedWithPausesAndNotBeyondTheLease() {
        migration.fence();
        world.faults()
                .before(
                        "delete",
                        "dst-A",
                        () -> world.items("dst-A").forEach(item -> {
                            var grown = new HashMap<>(item);
                            grown.put("added", AttributeValue.fromS("theirs"));
                            world.load("dst-A", grown);
                        }));
        world.faults().before("put", "dst-A", 0, 1_000_000, Faults.throttled());
        assertThat(migration.undoInvocation("A")).isInstanceOf(SegmentOutcome.More.class);
        assertThat(world.faults().left()).isGreaterThan(990_000);
    }
}
