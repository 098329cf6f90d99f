package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.Verdict;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A run that is asked to deletes what the verification before it lists as gone, if it still is, and a rollback restores it. */
final class DeleteGoneTest {
    private static final RunOptions DELETING = RunOptions.NOTHING.deletingGone(true);
    private static final String NOTES = Plans.of(
            "Clubs: {}", "Notes: { references: { club: Clubs, next: Notes }, checks: { accept: [club, next] } }");

    private final World world = new World();
    private int starts;

    @BeforeEach
    void five() {
        world.create("A", KeyType.S);
        world.fill("src-A", 5);
    }

    private static Map<String, AttributeValue> source(int i) {
        return record("id", "r" + i, "v", "value " + i);
    }

    private Start start(RunOptions options) {
        world.time().sleep(Duration.ofSeconds(1));
        return new Start(world, "run-" + starts++).asking(options);
    }

    private Migration begun(String plan, RunOptions options) {
        var start = start(options);
        var run = new Migration(world, plan, start, start.ready(Action.MIGRATE, plan));
        run.validate();
        run.begin();
        return run;
    }

    private Migration migrated(String plan, RunOptions options) {
        var run = begun(plan, options);
        assertThat(run.migrate().failures()).isZero();
        return run;
    }

    private RunReport deleted(String plan) {
        return migrated(plan, DELETING).report(RunOutcome.MIGRATED);
    }

    /** Three runs: the second lists the copy of {@code gone}, which is deleted in the source after the first. */
    private Map<String, AttributeValue> listed(int gone) {
        var first = Migration.migrated(world, Plans.ONE);
        var copy = first.mapped("A", source(gone));
        world.delete("src-A", source(gone));
        Migration.migrated(world, Plans.ONE);
        return copy;
    }

    private static long counted(RunReport report, String table, Counted what) {
        var found = report.work().tables().get(new TableName(table));
        return found == null ? 0 : what.in(found.counts());
    }

    private static List<String> named(RunReport report, Verdict verdict) {
        return report.verified().differences().stream()
                .filter(one -> one.verdict() == verdict)
                .map(Difference::record)
                .toList();
    }

    private static String key(Map<String, AttributeValue> record) {
        return "{\"id\":{\"S\":\"" + record.get("id").s() + "\"}}";
    }

    private RunReport rolledBack(Migration run, String plan, Undoing undoing) {
        var start = start(RunOptions.NOTHING).undoing(undoing);
        return new Migration(world, plan, start, start.ready(Action.ROLLBACK, run.run(), plan)).rollback();
    }

    private RunReport verified(Migration run) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = start(RunOptions.NOTHING);
        var check = new Migration(world, Plans.ONE, start, start.ready(Action.VERIFY, run.run(), Plans.ONE));
        for (int level = 1; level <= run.manifest().levels().size(); level++) {
            check.verify(level);
        }
        return check.report(RunOutcome.VERIFIED);
    }

    @Test
    void whatIsListedIsDeletedAndRestored() {
        var copy = listed(3);
        var before = List.copyOf(world.items("dst-A"));
        assertThat(before).contains(copy);
        var run = migrated(Plans.ONE, DELETING);
        var report = run.report(RunOutcome.MIGRATED);
        assertThat(world.items("dst-A")).hasSize(4).doesNotContain(copy);
        assertThat(report.verified().remaining()).isEmpty();
        assertThat(counted(report, "A~gone", Counted.DELETED)).isEqualTo(1);
        assertThat(counted(report, "A~gone", Counted.MATCHED)).isEqualTo(1);
        assertThat(Migration.migrated(world, Plans.ONE)
                        .report(RunOutcome.MIGRATED)
                        .verified()
                        .remaining())
                .isEmpty();
    }

    @Test
    void aRollbackRestoresWhatWasDeleted() {
        listed(3);
        var before = List.copyOf(world.items("dst-A"));
        var run = migrated(Plans.ONE, DELETING);
        run.report(RunOutcome.MIGRATED);
        var undone = rolledBack(run, Plans.ONE, Undoing.ALL.verifying(true));
        assertThat(world.items("dst-A")).containsExactlyInAnyOrderElementsOf(before);
        assertThat(counted(undone, "A~gone", Counted.RESTORED)).isEqualTo(1);
        assertThat(undone.others().drift()).isEmpty();
        // It is gone as before.
        assertThat(named(deleted(Plans.ONE), Verdict.GONE)).isEmpty();
    }

    /** Also one that deletes in batches, and one of the table alone. */
    @Test
    void everyRollbackRestoresIt() {
        var copy = listed(3);
        var run = migrated(Plans.ONE, DELETING);
        run.report(RunOutcome.MIGRATED);
        rolledBack(run, Plans.ONE, new Undoing(Optional.of("A"), false, Drift.KEEP, false));
        assertThat(world.items("dst-A")).contains(copy);
        rolledBack(run, Plans.ONE, Undoing.ALL);
        var again = migrated(Plans.ONE, DELETING);
        again.report(RunOutcome.MIGRATED);
        assertThat(world.items("dst-A")).doesNotContain(copy);
        rolledBack(again, Plans.ONE, new Undoing(Optional.empty(), false, Drift.KEEP, true));
        assertThat(world.items("dst-A")).contains(copy);
    }

    @Test
    void whatOthersHavePutInItsPlaceIsDrift() {
        var copy = listed(3);
        var run = migrated(Plans.ONE, DELETING);
        run.report(RunOutcome.MIGRATED);
        var theirs = record("id", copy.get("id").s(), "v", "theirs");
        world.load("dst-A", theirs);
        var undone = rolledBack(run, Plans.ONE, Undoing.ALL);
        assertThat(undone.others().drift()).containsExactly("A~gone " + key(copy));
        assertThat(world.items("dst-A")).contains(theirs);
        rolledBack(run, Plans.ONE, new Undoing(Optional.empty(), false, Drift.OVERWRITE, false));
        assertThat(world.items("dst-A")).contains(copy);
    }

    @Test
    void whatOthersHaveChangedSinceStaysAndIsNamed() {
        var copy = listed(3);
        world.change("dst-A", copy, "v", "theirs");
        var report = deleted(Plans.ONE);
        assertThat(world.items("dst-A")).hasSize(5);
        assertThat(counted(report, "A~gone", Counted.DELETED)).isZero();
        assertThat(report.verified().remaining()).isEqualTo(Map.of(Counted.DRIFTED, 1L));
        assertThat(named(report, Verdict.DRIFTED)).containsExactly(key(copy));
        // It is not forgotten.
        assertThat(named(deleted(Plans.ONE), Verdict.DRIFTED)).containsExactly(key(copy));
    }

    /** Between the verification of its table and the page. */
    @Test
    void whatOthersChangeMeanwhileStaysAndIsNamed() {
        var copy = listed(3);
        var run = begun(Plans.ONE, DELETING);
        run.copy(1);
        run.verify(1);
        world.change("dst-A", copy, "v", "theirs");
        run.copy(2);
        assertThat(run.verify(2).failures()).isZero();
        var report = run.report(RunOutcome.MIGRATED);
        assertThat(world.items("dst-A")).hasSize(5);
        assertThat(named(report, Verdict.DRIFTED)).containsExactly(key(copy));
        assertThat(counted(report, "A~gone", Counted.DRIFT)).isEqualTo(1);
    }

    @Test
    void aRecordThatHasComeBackIsCopiedAndNotDeleted() {
        var copy = listed(3);
        world.load("src-A", source(3));
        var report = deleted(Plans.ONE);
        assertThat(world.items("dst-A")).hasSize(5).contains(copy);
        assertThat(counted(report, "A~gone", Counted.UNCHANGED)).isEqualTo(1);
        assertThat(report.verified().remaining()).isEmpty();
    }

    /** The source is asked once more, right before. */
    @Test
    void aRecordThatComesBackAtTheLastMomentIsNotDeleted() {
        var copy = listed(3);
        var run = begun(Plans.ONE, DELETING);
        run.copy(1);
        run.verify(1);
        world.load("src-A", source(3));
        run.copy(2);
        assertThat(run.verify(2).failures()).isZero();
        assertThat(counted(run.report(RunOutcome.MIGRATED), "A~gone", Counted.DELETED))
                .isZero();
        assertThat(world.items("dst-A")).hasSize(5).contains(copy);
    }

    @Test
    void withoutAListNothingIsDeleted() {
        Migration.migrated(world, Plans.ONE);
        world.delete("src-A", source(3));
        // The run before has listed nothing: this one lists it.
        var run = migrated(Plans.ONE, DELETING);
        assertThat(run.manifest().levels()).hasSize(1);
        assertThat(named(run.report(RunOutcome.MIGRATED), Verdict.GONE)).hasSize(1);
        assertThat(world.items("dst-A")).hasSize(5);
        assertThat(deleted(Plans.ONE).verified().remaining()).isEmpty();
        assertThat(world.items("dst-A")).hasSize(4);
    }

    @Test
    void aLaterVerificationNamesWhatIsThereAgain() {
        var copy = listed(3);
        var run = migrated(Plans.ONE, DELETING);
        run.report(RunOutcome.MIGRATED);
        assertThat(verified(run).verified().remaining()).isEmpty();
        world.load("dst-A", copy);
        var same = verified(run);
        assertThat(same.verified().remaining()).containsExactly(Map.entry(Counted.REVERTED, 1L));
        assertThat(named(same, Verdict.REVERTED)).containsExactly(key(copy));
        world.change("dst-A", copy, "v", "theirs");
        assertThat(named(verified(run), Verdict.DRIFTED)).containsExactly(key(copy));
    }

    /** The advice for it is another run. */
    @Test
    void whatIsThereAgainAsItWasIsGoneAgain() {
        var copy = listed(3);
        deleted(Plans.ONE);
        world.load("dst-A", copy);
        var listing = Migration.migrated(world, Plans.ONE).report(RunOutcome.MIGRATED);
        assertThat(named(listing, Verdict.GONE)).containsExactly(key(copy));
        assertThat(deleted(Plans.ONE).verified().remaining()).isEmpty();
        assertThat(world.items("dst-A")).hasSize(4);
    }

    @Test
    void aDeletedRecordIsTheLaterRunsToAnswerFor() {
        world.delete("src-A", source(3));
        world.load("src-A", source(3));
        var first = Migration.migrated(world, Plans.ONE);
        world.delete("src-A", source(3));
        Migration.migrated(world, Plans.ONE);
        deleted(Plans.ONE);
        var report = verified(first);
        assertThat(counted(report, "A", Counted.MISSING)).isZero();
        assertThat(start(RunOptions.NOTHING)
                        .prepareOn(Action.ROLLBACK, first.run().value(), Optional.of("p")))
                .isInstanceOfSatisfying(
                        Prepared.Refused.class,
                        refused -> assertThat(refused.cause()).contains("is newer and wrote the same records"));
    }

    @Test
    void aRecordThatOthersReferToStays() {
        world.create("Clubs", KeyType.S);
        world.create("Notes", KeyType.S);
        world.load("src-Clubs", record("id", "c1"));
        world.load("src-Clubs", record("id", "c2"));
        world.load("src-Notes", record("id", "n1", "club", "c1"));
        world.load("src-Notes", record("id", "n2", "club", "c2"));
        var first = Migration.migrated(world, NOTES);
        var kept = first.mapped("Clubs", record("id", "c1"));
        world.delete("src-Clubs", record("id", "c1"));
        world.delete("src-Clubs", record("id", "c2"));
        world.delete("src-Notes", record("id", "n2", "club", "c2"));
        Migration.migrated(world, NOTES);
        var report = deleted(NOTES);
        // The club of a note that goes as well is deleted with it.
        assertThat(world.items("dst-Clubs")).containsExactly(kept);
        assertThat(world.items("dst-Notes")).hasSize(1);
        assertThat(counted(report, "Clubs~gone", Counted.REFERRED)).isEqualTo(1);
        assertThat(counted(report, "Clubs~gone", Counted.DELETED)).isEqualTo(1);
        assertThat(named(report, Verdict.GONE)).containsExactly(key(kept));
        assertThat(report.verified().differences()).anySatisfy(one -> {
            assertThat(one.verdict()).isEqualTo(Verdict.GONE);
            assertThat(one.attributes()).containsExactly("Notes.club");
            assertThat(one.places()).isEqualTo(1);
        });
        assertThat(report.ending().message())
                .contains("1 copy that is gone was not deleted, because 1 reference leads to it, at Notes.club."
                        + " Change these references, or bring the records back.")
                .contains("to delete what is gone then, run the plan again with --delete-gone");
        // What it advises.
        world.items("dst-Notes").forEach(note -> world.change("dst-Notes", note, "club", "other"));
        assertThat(named(deleted(NOTES), Verdict.GONE)).isEmpty();
        assertThat(world.items("dst-Clubs")).isEmpty();
    }

    /** Of a chain, what a record that stays leads to stays. */
    @Test
    void whatARecordThatStaysRefersToStays() {
        world.create("Clubs", KeyType.S);
        world.create("Notes", KeyType.S);
        var notes = new ArrayList<Map<String, AttributeValue>>();
        for (int i = 0; i < 4; i++) {
            notes.add(record("id", "n" + i, "next", "n" + (i + 1)));
        }
        notes.add(record("id", "n4"));
        notes.forEach(note -> world.load("src-Notes", note));
        var first = Migration.migrated(world, NOTES);
        // n0 -> n1 -> ... -> n4; others change n2, which leads to n3 and n4.
        notes.subList(0, 5).forEach(note -> world.delete("src-Notes", note));
        world.load("src-Clubs", record("id", "c1"));
        Migration.migrated(world, NOTES);
        world.change("dst-Notes", first.mapped("Notes", notes.get(2)), "more", "theirs");
        var report = deleted(NOTES);
        assertThat(counted(report, "Notes~gone", Counted.DELETED)).isEqualTo(2);
        assertThat(counted(report, "Notes~gone", Counted.REFERRED)).isEqualTo(2);
        assertThat(world.items("dst-Notes")).hasSize(3);
    }

    @Test
    void theCopyOfARecordThatIsOfAnotherKindByNowIsDeleted() {
        world.create("P", KeyType.S);
        world.load("src-P", record("id", "p1", "kind", "1"));
        world.load("src-P", record("id", "p2", "kind", "1"));
        world.load("src-P", record("id", "p3", "kind", "2"));
        var plan = Plans.of("One: { from: P, match: { kind: \"1\" } }", "Two: { from: P, match: { kind: \"2\" } }");
        var copy = Migration.migrated(world, plan).mapped("One", record("id", "p1", "kind", "1"));
        world.load("src-P", record("id", "p1", "kind", "2"));
        Migration.migrated(world, plan);
        var before = List.copyOf(world.items("dst-P"));
        var run = migrated(plan, DELETING);
        assertThat(run.report(RunOutcome.MIGRATED).verified().remaining()).isEmpty();
        assertThat(world.items("dst-P")).hasSize(3).doesNotContain(copy);
        rolledBack(run, plan, Undoing.ALL);
        assertThat(world.items("dst-P")).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void aRunOfAPartDeletesNothing() {
        var scope = new Scope(List.of(new TableName("A")), Map.of());
        var options = RunOptions.within(scope).deletingGone(true);
        assertThat(start(options).prepare(Action.MIGRATE, Plans.ONE, Optional.of("p")))
                .isInstanceOfSatisfying(
                        Prepared.Refused.class,
                        refused -> assertThat(refused.cause()).contains("only by a run of the whole plan"));
    }

    @Test
    void aPlanInPlaceHasNothingToDelete() {
        var plan = "plan: p\nmode: inPlace\nsource: { tables: \"src-{table}\" }\ntables:\n  A: { set: { w: x } }\n";
        assertThat(start(DELETING).prepare(Action.MIGRATE, plan, Optional.of("p")))
                .isInstanceOfSatisfying(
                        Prepared.Refused.class,
                        refused -> assertThat(refused.cause()).contains("in place"));
    }
}
