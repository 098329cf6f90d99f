package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.Followers;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ControlObject;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.workflow.Prepared;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may start, what is refused, and who holds the locks. */
final class PreparationTest {
    private static final Optional<String> YES = Optional.of("p");
    private static final String OTHER_TABLES = Plans.of("B: {}", "C: {}");
    private static final String BOTH = Plans.of("A: {}", "B: {}");
    private final World world = new World();

    @BeforeEach
    void tables() {
        List.of("A", "B", "C").forEach(name -> world.create(name, KeyType.S));
        world.fill("src-A", 3);
        world.fill("src-B", 3);
    }

    private Start start(String name) {
        world.time().sleep(Duration.ofSeconds(1));
        return new Start(world, name);
    }

    private static String refused(Prepared prepared) {
        assertThat(prepared).isInstanceOf(Prepared.Refused.class);
        return ((Prepared.Refused) prepared).cause();
    }

    private Migration migrated(String plan) {
        world.time().sleep(Duration.ofSeconds(1));
        var migration = Migration.begun(world, plan);
        assertThat(migration.migrate().failures()).isZero();
        migration.report(RunOutcome.MIGRATED);
        return migration;
    }

    private Prepared rollback(Migration migration) {
        return start("undo").prepareOn(Action.ROLLBACK, migration.run().value(), YES);
    }

    @ParameterizedTest
    @EnumSource(names = {"MIGRATE", "TEST"})
    void whatWritesMustBeConfirmed(Action action) {
        for (var confirm : List.of(Optional.<String>empty(), Optional.of("q"))) {
            assertThat(refused(start("s").prepare(action, Plans.ONE, confirm))).contains("\"confirm\": \"p\"");
        }
        assertThat(world.objects().contents()).isEmpty();
        assertThat(start("s").prepare(Action.ANALYZE, Plans.ONE, Optional.empty()))
                .isInstanceOf(Prepared.Ready.class);
    }

    @Test
    void aTableThatIsNotThereIsRefusedBeforeAnythingIsWritten() {
        world.memory().deleteTable(new PhysicalTable("dst-A"));
        assertThat(refused(start("s").prepare(Action.MIGRATE, Plans.ONE, YES))).contains("dst-A");
        assertThat(world.objects().contents()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ANALYZE", "VALIDATE", "TEST", "MIGRATE"})
    void aTableThatIsReplicatedIsNotChangedInPlace(Action action) {
        var plain = World.shape("src-A", KeyType.S);
        world.memory().createTable(plain.followedBy(new Followers(List.of("us-east-1"), false, true)));
        var refused = (Prepared.Refused) start("s").prepare(action, Plans.inPlace("A: { set: { a: b } }"), YES);
        assertThat(refused.problems().stream().map(Problem::id))
                .containsExactly("in-place.replicated", "in-place.stream");
        assertThat(world.objects().contents()).isEmpty();

        world.memory().createTable(plain.followedBy(new Followers(List.of("us-east-1"), true, true)));
        var ready = start("t").ready(action, Plans.inPlace("A: { set: { a: b } }"));
        var warnings = world.documents(world.invocation())
                .bytes(new RunFolder(ready.run()).key("problems.json"))
                .orElseThrow();
        var text = new String(warnings.content(), StandardCharsets.UTF_8);
        assertThat(text).contains("in-place.stream").doesNotContain("in-place.replicated");
    }

    @ParameterizedTest
    @EnumSource(names = {"VERIFY", "ROLLBACK", "RESUME"})
    void anUnknownRunIsRefused(Action action) {
        for (var run : List.of("", "nonsense", start("never").task().value())) {
            assertThat(refused(start("s").prepareOn(action, run, YES))).contains("there is no run");
        }
    }

    @Test
    void aRetriedPreparationIsTheSameRun() {
        var start = start("s");
        var first = start.prepare(Action.MIGRATE, Plans.ONE, YES);
        var objects = world.objects().contents().keySet();
        world.fill("src-A", 50);
        world.pageLimit(3);
        world.time().sleep(Duration.ofMinutes(1));
        assertThat(start.prepare(Action.MIGRATE, Plans.ONE, YES)).isEqualTo(first);
        assertThat(world.objects().contents().keySet()).isEqualTo(objects);
    }

    @Test
    void aLatePreparationDoesNotReviveARunThatWasRolledBack() {
        var start = start("s");
        var run = start.ready(Action.MIGRATE, Plans.ONE).run();
        var undo = start("undo");
        new Migration(world, Plans.ONE, undo, undo.ready(Action.ROLLBACK, run, Plans.ONE)).rollback();
        assertThat(refused(start.prepare(Action.MIGRATE, Plans.ONE, YES))).contains("rolled back now");
    }

    @Test
    void onlyAMigratedRunIsVerifiedAndOnlyAnUnfinishedOneResumed() {
        var migration = Migration.begun(world, Plans.ONE);
        var run = migration.run().value();
        assertThat(refused(start("v").prepareOn(Action.VERIFY, run, YES))).contains("migrating");
        migration.migrate();
        migration.report(RunOutcome.MIGRATED);
        assertThat(refused(start("r").prepareOn(Action.RESUME, run, YES))).contains("has ended");
        var ready = (Prepared.Ready) start("v").prepareOn(Action.VERIFY, run, Optional.empty());
        assertThat(ready.next()).isEqualTo(Prepared.Next.VERIFY);
        assertThat(refused(start("x").prepareOn(Action.ROLLBACK, run, Optional.empty())))
                .contains("confirm");
    }

    @Test
    void aResumedRunTakesTheWorkFromTheOneBefore() {
        var first = Migration.begun(world, Plans.ONE);
        var again = start("again");
        var resumed = new Migration(world, Plans.ONE, again, again.ready(Action.RESUME, first.run(), Plans.ONE));
        assertThat(first.copyInvocation("A")).isInstanceOf(dev.rekey.engine.segment.SegmentOutcome.Stopped.class);
        assertThat(resumed.migrate().failures()).isZero();
        assertThat(resumed.report(RunOutcome.MIGRATED).ending().error()).isEmpty();
        assertThat(first.fence()).isInstanceOf(dev.rekey.engine.undo.Fence.FenceOutcome.Superseded.class);
    }

    @Test
    void aRunIsNotRolledBackBeforeALaterOneThatWroteItsRecords() {
        var first = migrated(Plans.ONE);
        loseOneRecord();
        var second = migrated(BOTH);
        assertThat(refused(rollback(first))).contains(second.run().value());
        second.rollback();
        assertThat(rollback(first)).isInstanceOf(Prepared.Ready.class);
    }

    /** The owner of the target deletes a record that a run has written: a later run writes it again. */
    private void loseOneRecord() {
        world.delete("dst-A", world.items("dst-A").getFirst());
    }

    @Test
    void aLaterRunThatFoundItsRecordsIdenticalDoesNotHinder() {
        var first = migrated(Plans.ONE);
        migrated(BOTH);
        assertThat(rollback(first)).isInstanceOf(Prepared.Ready.class);
    }

    @Test
    void anIndexThatWasAddedSinceHidesNoLaterRun() {
        var first = migrated(Plans.ONE);
        var plain = World.shape("dst-A", KeyType.S);
        var items = world.items("dst-A");
        world.memory()
                .createTable(new TableShape(
                        plain.table(),
                        plain.account(),
                        plain.region(),
                        plain.partitionKey(),
                        Optional.empty(),
                        Map.of("by-v", List.of(new KeyAttribute("v", KeyType.S)))));
        items.forEach(item -> world.load("dst-A", item));
        loseOneRecord();
        var second = migrated(Plans.ONE);
        assertThat(refused(rollback(first))).contains(second.run().value());
    }

    @Test
    void aLaterRunOfOtherRecordsDoesNotHinder() {
        var first = migrated(Plans.ONE);
        migrated(OTHER_TABLES);
        assertThat(rollback(first)).isInstanceOf(Prepared.Ready.class);
    }

    @Test
    void twoRunsDoNotWriteToOneTable() {
        var first = start("first").ready(Action.MIGRATE, BOTH);
        var cause = refused(start("second").prepare(Action.MIGRATE, OTHER_TABLES, YES));
        assertThat(cause).contains("dst-B").contains(first.run().value());
        // The refused one holds none of its tables.
        assertThat(start("third").prepare(Action.MIGRATE, Plans.of("C: {}"), YES))
                .isInstanceOf(Prepared.Ready.class);
    }

    @Test
    void locksAreGivenBackAtTheEnd() {
        migrated(BOTH);
        assertThat(start("second").prepare(Action.MIGRATE, OTHER_TABLES, YES)).isInstanceOf(Prepared.Ready.class);
    }

    @Test
    void theLockOfARunThatEndedWithoutGivingItBackIsTakenOver() {
        var first = Migration.begun(world, BOTH);
        first.migrate();
        world.faults().before("replace", "locks/", Faults.crash());
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> first.report(RunOutcome.MIGRATED))
                .isInstanceOf(Faults.Crash.class);
        assertThat(first.control().phase()).isEqualTo(Phase.MIGRATED);
        assertThat(start("second").prepare(Action.MIGRATE, OTHER_TABLES, YES)).isInstanceOf(Prepared.Ready.class);
    }

    @Test
    void aRollbackThatTakesItsLocksCannotLoseThemToAnotherRun() {
        var first = migrated(Plans.ONE);
        var other = start("other");
        world.faults().before("replace", "control.json", () -> {
            assertThat(other.prepare(Action.MIGRATE, Plans.ONE, YES)).isInstanceOf(Prepared.Ready.class);
        });
        assertThat(refused(rollback(first))).contains(other.task().value());
        assertThat(first.control().phase()).isEqualTo(Phase.MIGRATED);
        assertThat(world.items("dst-A")).hasSize(3);
    }

    @Test
    void aRunThatWasLeftBeforeItWroteCanBeRolledBackToFreeItsTables() {
        var first = Migration.prepared(world, Plans.ONE);
        refused(start("second").prepare(Action.MIGRATE, Plans.ONE, YES));
        var start = start("undo");
        var undo = new Migration(world, Plans.ONE, start, start.ready(Action.ROLLBACK, first.run(), Plans.ONE));
        assertThat(undo.rollback().ending().error()).isEmpty();
        assertThat(start("third").prepare(Action.MIGRATE, Plans.ONE, YES)).isInstanceOf(Prepared.Ready.class);
    }

    /** Between the look at later runs and the lock. */
    @Test
    void aLaterRunThatComesAndEndsBeforeTheTablesAreLockedIsSeen() {
        var first = migrated(Plans.ONE);
        var second = new Migration[1];
        world.faults().before("replace", "runs/" + first.run() + "/control.json", () -> {
            loseOneRecord();
            second[0] = migrated(Plans.ONE);
        });
        assertThat(refused(rollback(first))).contains("run " + second[0].run() + " is newer");
        assertThat(first.control().phase()).isEqualTo(Phase.MIGRATED);
        var undo = start("undo the second");
        new Migration(world, Plans.ONE, undo, undo.ready(Action.ROLLBACK, second[0].run(), Plans.ONE)).rollback();
        assertThat(rollback(first)).isInstanceOf(Prepared.Ready.class);
    }

    /** A rollback dies between its phase and its locks: another run may have them then. */
    @Test
    void whoGoesOnWithARollbackThatNeverHadItsLocksLooksForLaterRuns() {
        var first = migrated(Plans.ONE);
        loseOneRecord();
        world.time().sleep(Duration.ofSeconds(1));
        var second = Migration.begun(world, Plans.ONE);
        var undo = start("undo");
        world.faults().before("get", "locks/", Faults.crash());
        assertThatThrownBy(() -> undo.prepareOn(Action.ROLLBACK, first.run().value(), YES))
                .isInstanceOf(Faults.Crash.class);
        assertThat(second.migrate().failures()).isZero();
        second.report(RunOutcome.MIGRATED);
        var resumed = start("resume").prepareOn(Action.RESUME, first.run().value(), YES);
        assertThat(refused(resumed)).contains("run " + second.run() + " is newer");
        assertThat(first.control().phase()).isEqualTo(Phase.MIGRATED);
        assertThat(second.again("verify").verify(1).failures()).isZero();
        var first2 = start("undo the second");
        new Migration(world, Plans.ONE, first2, first2.ready(Action.ROLLBACK, second.run(), Plans.ONE)).rollback();
        assertThat(rollback(first)).isInstanceOf(Prepared.Ready.class);
    }

    @Test
    void aRetriedPreparationThatIsRefusedLeavesTheRunAsItWasBeforeTheFirst() {
        var first = migrated(Plans.ONE);
        var second = start("second");
        var undo = start("undo").undoing(new Undoing(Optional.empty(), false, Drift.OVERWRITE, true));
        world.faults().before("get", "locks/", Faults.crash());
        assertThatThrownBy(() -> undo.prepareOn(Action.ROLLBACK, first.run().value(), YES))
                .isInstanceOf(Faults.Crash.class);
        var _ = second.ready(Action.MIGRATE, Plans.ONE);
        assertThat(refused(undo.prepareOn(Action.ROLLBACK, first.run().value(), YES)))
                .contains(second.task().value());
        assertThat(first.control().phase()).isEqualTo(Phase.MIGRATED);
        assertThat(first.control().undoing()).isEqualTo(Undoing.ALL);
        assertThat(first.control().before()).isEmpty();
    }

    @Test
    void aLostLockDoesNotLetARunOntoTheRuinsOfAnother() {
        var first = Migration.begun(world, Plans.ONE);
        world.pageLimit(2);
        world.faults().after("putAll", "dst-A", Faults.crash());
        assertThatThrownBy(() -> first.copyInvocation("A")).isInstanceOf(Faults.Crash.class);
        world.objects().contents().keySet().stream()
                .filter(key -> key.startsWith("locks/"))
                .toList()
                .forEach(key -> world.objects().delete(new ObjectKey(key)));
        assertThat(refused(start("second").prepare(Action.MIGRATE, BOTH, YES)))
                .contains("dst-A is being written by run " + first.run())
                .contains("To end it now: rekey stop --run " + first.run() + ".")
                .contains("Once nobody works on it: rekey resume --run " + first.run());
        // Of those that it wrote nothing to, nobody else is kept.
        assertThat(start("third").prepare(Action.MIGRATE, OTHER_TABLES, YES)).isInstanceOf(Prepared.Ready.class);
        var undo = start("undo");
        new Migration(world, Plans.ONE, undo, undo.ready(Action.ROLLBACK, first.run(), Plans.ONE)).rollback();
        assertThat(world.items("dst-A")).isEmpty();
    }

    /** A judge that is late must not revive what was refused. */
    @Test
    void onlyARunThatIsAnalyzedBeginsToWrite() {
        var run = Migration.prepared(world, Plans.ONE);
        var control = new ControlObject(world.documents(world.invocation()), run.folder());
        assertThat(control.begin(run.epoch() + 1, Phase.MIGRATING)).isFalse();
        assertThat(control.begin(run.epoch(), Phase.MIGRATING)).isTrue();
        // Its answer was lost, and it is tried again.
        assertThat(control.begin(run.epoch(), Phase.MIGRATING)).isTrue();
        run.validate();
        run.report(RunOutcome.REFUSED);
        assertThat(control.begin(run.epoch(), Phase.MIGRATING)).isFalse();
        assertThat(run.control().phase()).isEqualTo(Phase.REFUSED);
    }
}
