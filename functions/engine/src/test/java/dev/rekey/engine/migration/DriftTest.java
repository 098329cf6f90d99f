package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Records that others changed since the run wrote them: kept and listed, or restored and listed. */
final class DriftTest {
    private static final String PLAN = Plans.of("A: { identity: { rule: keep }, onConflict: overwrite }");
    private static final Undoing EXCLUSIVE = new Undoing(Optional.empty(), false, Drift.KEEP, true);
    private static final Undoing OVERWRITE = new Undoing(Optional.empty(), false, Drift.OVERWRITE, false);

    private final World world = new World();
    private Migration migration;
    private String before;

    @BeforeEach
    void migrated() {
        world.create("A", KeyType.S);
        world.fill("src-A", 12);
        world.load("dst-A", record("id", "r1", "v", "old"));
        world.load("dst-A", record("id", "r2", "v", "old too"));
        before = world.dump();
        migration = Migration.begun(world, PLAN);
        world.pageLimit(5);
        migration.migrate();
        migration.report(RunOutcome.MIGRATED);
    }

    /** One record of ours changed, one of theirs deleted, one of ours deleted. */
    private void othersInterfere() {
        world.load("dst-A", record("id", "r0", "v", "theirs"));
        world.delete("dst-A", record("id", "r1", "v", "value 1"));
        world.delete("dst-A", record("id", "r3", "v", "value 3"));
    }

    private Migration rollback(String name, Undoing undoing) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, name).undoing(undoing);
        return new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, migration.run(), PLAN));
    }

    /** Of another rollback that keeps drift. */
    private String refusal() {
        var start = new Start(world, "once more").undoing(Undoing.ALL);
        return start.prepareOn(Action.ROLLBACK, migration.run().value(), Optional.of("p"))
                .toString();
    }

    private static RunReport.OfTable table(RunReport report) {
        return report.work().tables().values().iterator().next();
    }

    @Test
    void overwritingRestoresWhatWasThereBeforeAndListsIt() {
        othersInterfere();
        var report = rollback("undo", OVERWRITE).rollback();
        assertThat(world.dump()).isEqualTo(before);
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.others().drift()).isEmpty();
        assertThat(report.others().overwritten())
                .containsExactly("A {\"id\":{\"S\":\"r0\"}}", "A {\"id\":{\"S\":\"r1\"}}");
        assertThat(table(report).counts())
                .containsEntry(Counted.OVERWRITTEN, 2L)
                .containsEntry(Counted.RESTORED, 1L);
    }

    @Test
    void whatARollbackKeptCanBeOverwrittenAfterwards() {
        othersInterfere();
        var kept = rollback("undo", Undoing.ALL).rollback();
        assertThat(kept.others().drift()).hasSize(3);
        assertThat(world.items("dst-A")).contains(record("id", "r0", "v", "theirs"));
        assertThat(refusal()).contains("rolled back, except records that others had changed", "--drift overwrite");
        var report = rollback("again", OVERWRITE).rollback();
        assertThat(world.dump()).isEqualTo(before);
        assertThat(refusal()).contains("has written nothing that remains in the target");
        // Where somebody deleted what was not there before, nothing is left to put back.
        assertThat(report.others().overwritten())
                .isEqualTo(kept.others().drift().subList(0, 2));
        assertThat(migration.control().phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void overwritingAfterwardsLeavesWhatOthersHaveMadeSince(boolean exclusive) {
        othersInterfere();
        rollback("undo", Undoing.ALL).rollback();
        // Under a key that the rollback emptied, and over one that it restored.
        var made = record("id", "r5", "v", "made since");
        var changed = record("id", "r2", "v", "changed since");
        world.load("dst-A", made);
        world.load("dst-A", changed);
        var report = rollback("again", new Undoing(Optional.empty(), false, Drift.OVERWRITE, exclusive))
                .rollback();
        assertThat(world.items("dst-A")).containsExactlyInAnyOrder(made, changed, record("id", "r1", "v", "old"));
        assertThat(report.others().overwritten())
                .containsExactly("A {\"id\":{\"S\":\"r0\"}}", "A {\"id\":{\"S\":\"r1\"}}");
    }

    /** It has undone its first page, the log's last, when its process dies. */
    @Test
    void overwritingWhatAnUnfinishedRollbackLeftPassesOverWhatItHasUndone() {
        var undo = rollback("undo", Undoing.ALL);
        undo.fence();
        world.faults().before("replace", "/checkpoints/rollback/", 1, 1, Faults.crash());
        assertThatThrownBy(undo::undo).isInstanceOf(Faults.Crash.class);
        world.waitForLeases();
        var emptied = record("id", createdOnTheLastPage(), "v", "made since");
        world.load("dst-A", emptied);
        var standing = world.items("dst-A").stream()
                .filter(item -> item.get("v").s().startsWith("value"))
                .filter(item -> !Set.of("r1", "r2").contains(item.get("id").s()))
                .map(item -> item.get("id").s())
                .findFirst()
                .orElseThrow();
        world.load("dst-A", record("id", standing, "v", "theirs"));
        var report = rollback("again", OVERWRITE).rollback();
        assertThat(world.items("dst-A"))
                .containsExactlyInAnyOrder(emptied, record("id", "r1", "v", "old"), record("id", "r2", "v", "old too"));
        assertThat(report.others().overwritten()).containsExactly("A {\"id\":{\"S\":\"%s\"}}".formatted(standing));
    }

    private String createdOnTheLastPage() {
        var log = new UndoLog(world.documents(world.invocation()), migration.folder());
        var last = log.objects(new TableName("A"), new Segment(0, 1)).getLast();
        return log.read(last).entries().stream()
                .filter(entry -> entry.operation() instanceof Operation.Create)
                .map(entry -> entry.key().attributes().get("id").s())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRecordOfOursThatSomebodyDeletedIsListed() {
        world.delete("dst-A", record("id", "r3", "v", "value 3"));
        var report = rollback("undo", Undoing.ALL).rollback();
        assertThat(report.others().drift()).containsExactly("A {\"id\":{\"S\":\"r3\"}}");
        assertThat(table(report).counts()).containsEntry(Counted.DRIFT, 1L).doesNotContainKey(Counted.UNCHANGED);
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void whatWeDeletedOurselvesBeforeARollbackWasInterruptedIsNobodysDrift() {
        world.delete("dst-A", record("id", "r3", "v", "value 3"));
        var undo = rollback("undo", Undoing.ALL);
        undo.fence();
        world.faults().after("delete", "dst-A", 5, 1, Faults.crash());
        assertThatThrownBy(undo::undo).isInstanceOf(Faults.Crash.class);
        world.waitForLeases();
        var start = new Start(world, "resume");
        var resumed = new Migration(world, PLAN, start, start.ready(Action.RESUME, migration.run(), PLAN));
        // It was listed before the first record of its page was deleted, if its page was begun.
        assertThat(resumed.rollback().others().drift()).isSubsetOf("A {\"id\":{\"S\":\"r3\"}}");
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void whatWeDeletedBeforeTheTableAskedToSlowDownIsNobodysDrift() {
        world.faults().before("delete", "dst-A", 3, 1, () -> {
            throw new StoreException(StoreException.Kind.THROTTLED, "slow down");
        });
        assertThat(rollback("undo", Undoing.ALL).rollback().others().drift()).isEmpty();
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void aRollbackThatKeptNothingIsNotDoneAgain() {
        rollback("undo", Undoing.ALL).rollback();
        var start = new Start(world, "again").undoing(OVERWRITE);
        assertThat(start.prepareOn(Action.ROLLBACK, migration.run().value(), Optional.of("p")))
                .isInstanceOf(Prepared.Refused.class);
    }

    @Test
    void theListIsDurableBeforeAnythingIsOverwritten() {
        othersInterfere();
        var undo = rollback("undo", OVERWRITE);
        undo.fence();
        world.faults().after("put", "dst-A", Faults.crash());
        assertThatThrownBy(undo::undo).isInstanceOf(Faults.Crash.class);
        world.waitForLeases();
        var report = undo.rollback();
        assertThat(report.others().overwritten()).hasSize(2);
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void aRecordThatChangesWhileItIsOverwrittenIsReadAgain() {
        world.load("dst-A", record("id", "r0", "v", "theirs"));
        world.faults().before("delete", "dst-A", () -> world.load("dst-A", record("id", "r0", "v", "theirs again")));
        var report = rollback("undo", OVERWRITE).rollback();
        assertThat(world.dump()).isEqualTo(before);
        assertThat(report.others().overwritten()).hasSize(1);
    }

    @Test
    void aRecordThatChangesAfterItWasReadIsListedToo() {
        world.faults().before("delete", "dst-A", () -> world.load("dst-A", record("id", "r0", "v", "theirs")));
        var report = rollback("undo", OVERWRITE).rollback();
        assertThat(world.dump()).isEqualTo(before);
        assertThat(report.others().overwritten()).hasSize(1);
    }

    @Test
    void anOverwriteWhoseAnswerWasLostIsStillListed() {
        othersInterfere();
        world.faults().after("put", "dst-A", Faults.noAnswer());
        world.faults().after("delete", "dst-A", Faults.noAnswer());
        var report = rollback("undo", OVERWRITE).rollback();
        assertThat(world.dump()).isEqualTo(before);
        assertThat(report.others().overwritten()).hasSize(2);
    }

    @Test
    void anExclusiveRollbackKeepsWhatOthersChangedBefore() {
        othersInterfere();
        var report = rollback("undo", EXCLUSIVE).rollback();
        assertThat(report.others().drift())
                .containsExactly("A {\"id\":{\"S\":\"r0\"}}", "A {\"id\":{\"S\":\"r1\"}}", "A {\"id\":{\"S\":\"r3\"}}");
        assertThat(table(report).counts())
                .containsEntry(Counted.DELETED, 8L)
                .containsEntry(Counted.RESTORED, 1L)
                .containsEntry(Counted.DRIFT, 3L)
                .doesNotContainKey(Counted.UNCHANGED);
        assertThat(world.items("dst-A"))
                .containsExactlyInAnyOrder(record("id", "r0", "v", "theirs"), record("id", "r2", "v", "old too"));
    }

    @Test
    void anExclusiveRollbackOverwritesAndListsWhatOthersChangedBefore() {
        othersInterfere();
        var overwriting = new Undoing(Optional.empty(), false, Drift.OVERWRITE, true);
        var report = rollback("undo", overwriting).rollback();
        assertThat(world.dump()).isEqualTo(before);
        assertThat(report.others().overwritten())
                .containsExactly("A {\"id\":{\"S\":\"r0\"}}", "A {\"id\":{\"S\":\"r1\"}}");
    }

    @Test
    void aResumedRollbackIsAsExclusiveAsItBegan() {
        var undo = rollback("undo", EXCLUSIVE);
        undo.fence();
        world.faults().before("deleteAll", "dst-A", Faults.crash());
        assertThatThrownBy(undo::undo).isInstanceOf(Faults.Crash.class);
        var start = new Start(world, "resume");
        var resumed = new Migration(world, PLAN, start, start.ready(Action.RESUME, migration.run(), PLAN));
        assertThat(resumed.control().undoing().exclusive()).isTrue();
        resumed.rollback();
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void aResumedRollbackTreatsDriftAsItBegan() {
        othersInterfere();
        var undo = rollback("undo", OVERWRITE);
        undo.fence();
        world.faults().before("delete", "dst-A", Faults.crash());
        assertThatThrownBy(undo::undo).isInstanceOf(Faults.Crash.class);
        var start = new Start(world, "resume");
        new Migration(world, PLAN, start, start.ready(Action.RESUME, migration.run(), PLAN)).rollback();
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void anAttributeThatSomebodyAddsWhileTheRecordIsDeletedComesBackWithIt() {
        var theirs = record("id", "r0", "v", "value 0", "added", "theirs");
        world.faults().before("delete", "dst-A", () -> world.load("dst-A", theirs));
        var report = rollback("undo", Undoing.ALL).rollback();
        assertThat(world.items("dst-A")).contains(theirs);
        assertThat(report.others().drift()).containsExactly("A {\"id\":{\"S\":\"r0\"}}");
    }

    @Test
    void anAttributeThatSomebodyAddsWhileTheRecordIsRestoredComesBackWithIt() {
        var theirs = record("id", "r1", "v", "value 1", "added", "theirs");
        world.faults().before("put", "dst-A", () -> world.load("dst-A", theirs));
        var report = rollback("undo", Undoing.ALL).rollback();
        assertThat(world.items("dst-A")).contains(theirs);
        assertThat(report.others().drift()).containsExactly("A {\"id\":{\"S\":\"r1\"}}");
    }

    @Test
    void whatSomebodyWritesWhileTheirRecordIsPutBackStays() {
        var wide = new HashMap<String, AttributeValue>(Map.of("id", AttributeValue.fromS("w")));
        for (int i = 100; i < 300; i++) {
            wide.put("a" + i, AttributeValue.fromS("old"));
        }
        world.load("dst-A", wide);
        world.load("src-A", record("id", "w", "v", "new"));
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "wide");
        var second = new Migration(world, PLAN, start, start.ready(Action.MIGRATE, PLAN));
        second.validate();
        second.begin();
        second.migrate();
        second.report(RunOutcome.MIGRATED);
        var first = record("id", "w", "v", "new", "added", "first");
        var last = new HashMap<>(wide);
        last.put("a299", AttributeValue.fromS("last"));
        // Seen by no condition: an attribute that is added, and the last of more than a condition can compare.
        world.faults().before("put", "dst-A", () -> world.load("dst-A", first));
        world.faults().before("put", "dst-A", 1, 1, () -> world.load("dst-A", last));
        var report = second.rollback();
        assertThat(world.items("dst-A")).contains(last);
        assertThat(report.others().drift()).containsExactly("A {\"id\":{\"S\":\"w\"}}");
    }
}
