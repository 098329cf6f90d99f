package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ErrorNames;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.workflow.RecordTrial.TrialOutcome;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One record and what it references, there and back. */
final class RecordTrialTest {
    private static final String PLAN = Plans.of("A: { references: { next: A } }", "B: { references: { a: A, z: A } }");
    private final World world = new World();
    private Migration migration;

    @BeforeEach
    void tables() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        world.load("src-A", record("id", "a1", "next", "a2"));
        world.load("src-A", record("id", "a2", "next", "a1"));
        world.load("src-A", record("id", "a3"));
        world.load("src-B", record("id", "b1", "a", "a1"));
    }

    private TrialOutcome test(String plan, String table, Optional<String> id) {
        return test(new Start(world, "test"), plan, table, id);
    }

    private TrialOutcome test(Start start, String plan, String table, Optional<String> id) {
        var ready = start.ready(Action.TEST, plan);
        migration = new Migration(world, plan, start, ready);
        return migration.test(table, id);
    }

    @Test
    void theRecordAndWhatItReferencesGoThereAndBack() {
        var before = world.dump();
        assertThat(test(PLAN, "B", Optional.of("b1"))).isEqualTo(new TrialOutcome.Passed(3));
        assertThat(world.items("dst-A")).hasSize(2);
        assertThat(world.items("dst-B")).hasSize(1);
        var report = migration.rollback();
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.ending().outcome()).isEqualTo("tested");
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void anyRecordWillDo() {
        assertThat(test(PLAN, "A", Optional.empty())).isInstanceOf(TrialOutcome.Passed.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2", "3, 3", "9, 3"})
    void theFirstFewRecordsAreTestedWithWhatTheyReference(int records, int tested) {
        var before = world.dump();
        var some = new RunOptions(
                Optional.empty(), Optional.of("A"), Optional.empty(), false, Optional.of(records), Scope.ALL);
        // The first page has one record: more of them take more pages.
        world.pageLimit(1);
        assertThat(test(new Start(world, "test").asking(some), PLAN, "A", Optional.empty()))
                .isEqualTo(new TrialOutcome.Passed(tested));
        assertThat(world.items("dst-A")).hasSize(tested);
        migration.rollback();
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void aRecordThatIsNotThereFailsTheTest() {
        var failed = (TrialOutcome.Failed) test(PLAN, "A", Optional.of("nobody"));
        assertThat(failed.failure().message())
                .startsWith("Cannot test record nobody of table A: src-A has no record with this partition key")
                .contains("No table was written to.");
        var report = migration.rollback();
        assertThat(report.work().counts()).isEmpty();
        assertThat(report.ending().message()).doesNotContain("rolled back").contains("nothing to undo");
        // Refused before the first write: nothing was taken back.
        assertThat(report.ending().error()).contains(ErrorNames.NOT_READY);
    }

    @Test
    void aRecordThatRefersToTooManyIsRefusedWithWhatItRefersTo() {
        var failed = (TrialOutcome.Failed) test(PLAN + "closureLimit: 2\n", "B", Optional.of("b1"));
        assertThat(failed.failure().id()).isEqualTo("test.closure-limit");
        assertThat(failed.failure().message())
                .isEqualTo(
                        "Cannot test the record {\"id\":{\"S\":\"b1\"}} of B: with what it refers to, directly or indirectly,"
                                + " it is more than 2 records (closureLimit): A (2), B (1). No table was written to."
                                + " Test a record of another table, or raise closureLimit in the plan.");
        assertThat(migration.rollback().ending().error()).contains(ErrorNames.NOT_READY);
    }

    /** What was written must be taken back, so it was no refusal. */
    @Test
    void aTestThatFailsAfterItWroteIsTakenBack() {
        world.load("dst-A", record("id", "a3", "by", "others"));
        var keeping = Plans.of("A: { identity: { rule: keep }, onConflict: abort }", "B: { references: { a: A } }");
        world.load("src-B", record("id", "b3", "a", "a3"));
        assertThat(test(keeping, "B", Optional.of("b3"))).isInstanceOf(TrialOutcome.Failed.class);
        assertThat(migration.rollback().ending().error()).contains(ErrorNames.ROLLED_BACK);
    }

    @Test
    void anIdThatIsNoKeyOfTheTableFailsTheTest() {
        world.create("N", KeyType.N);
        var failed = (TrialOutcome.Failed) test(Plans.of("N: { identity: { digits: 12 } }"), "N", Optional.of("zzz"));
        assertThat(failed.failure().id()).isEqualTo("test.bad-id");
        assertThat(failed.failure().message()).contains("record zzz of table N").contains("a number, such as 12");
    }

    @Test
    void aRecordOfWhichWhereCannotSayAnythingFailsTheTest() {
        var plan = Plans.of("A: { where: \"{% $record.next %}\" }");
        for (var id : java.util.List.of(Optional.of("a1"), Optional.<String>empty())) {
            world.time().sleep(java.time.Duration.ofSeconds(1));
            var failed = (TrialOutcome.Failed) test(plan, "A", id);
            assertThat(failed.failure().id()).isEqualTo("mapping.expression");
            assertThat(failed.failure().message()).startsWith("Cannot test table A: ");
            migration.rollback();
        }
    }

    /** Whichever of the two references comes first. */
    @Test
    void anOrphanThatOneReferenceKeepsStillFailsAnother() {
        world.load("src-B", record("id", "b2", "a", "nobody", "z", "nobody"));
        for (var keeps : new String[] {"a", "z"}) {
            var fails = keeps.equals("a") ? "z" : "a";
            var plan = Plans.of(
                    "A: {}", "B: { references: { %s: { family: A, onOrphan: keep }, %s: A } }".formatted(keeps, fails));
            world.time().sleep(java.time.Duration.ofSeconds(1));
            assertThat(test(plan, "B", Optional.of("b2"))).isInstanceOf(TrialOutcome.Failed.class);
            assertThat(world.items("dst-B")).isEmpty();
            migration.rollback();
        }
    }

    /** Orders refer to customers, both are changed where they are. */
    @Test
    void recordsInPlaceAreChangedAndRestored() {
        var plan = Plans.inPlace("A: { set: { seen: 'yes' } }", "B: { references: { a: A }, set: { seen: 'yes' } }");
        var before = world.dump();
        assertThat(test(plan, "B", Optional.of("b1"))).isEqualTo(new TrialOutcome.Passed(2));
        assertThat(world.items("src-B")).containsExactly(record("id", "b1", "a", "a1", "seen", "yes"));
        assertThat(world.items("src-A"))
                .contains(record("id", "a1", "next", "a2", "seen", "yes"), record("id", "a2", "next", "a1"));
        var report = migration.rollback();
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.ending().message()).startsWith("The test passed, and its records were restored: 2 records");
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void recordsInPlaceMayStayAsTheyAreAfterwards() {
        var plan = Plans.inPlace("A: { set: { seen: 'yes' } }", "B: { references: { a: A } }");
        var before = world.dump();
        assertThat(test(plan, "A", Optional.of("a3"))).isEqualTo(new TrialOutcome.Passed(1));
        var kept = migration.report(RunOutcome.TESTED);
        assertThat(kept.ending().message()).contains("changed in place and verified: 1 record");
        assertThat(world.items("src-A")).contains(record("id", "a3", "seen", "yes"));
        world.time().sleep(java.time.Duration.ofSeconds(1));
        var start = new Start(world, "undo");
        new Migration(world, plan, start, start.ready(Action.ROLLBACK, migration.run(), plan)).rollback();
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void aRecordInPlaceThatIsWrittenMeanwhileKeepsWhatWasWritten() {
        var plan = Plans.inPlace("A: { set: { seen: 'yes' } }");
        world.faults().before("update", "src-A", () -> world.load("src-A", record("id", "a3", "theirs", "new")));
        assertThat(test(plan, "A", Optional.of("a3"))).isEqualTo(new TrialOutcome.Passed(1));
        assertThat(world.items("src-A")).contains(record("id", "a3", "theirs", "new", "seen", "yes"));
        migration.rollback();
        assertThat(world.items("src-A")).contains(record("id", "a3", "theirs", "new"));
    }

    @Test
    void aTestThatDiesIsRemovedAgain() {
        var before = world.dump();
        world.faults().after("put", "dst-B", Faults.crash());
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> test(PLAN, "B", Optional.of("b1")))
                .isInstanceOf(Faults.Crash.class);
        var start = new Start(world, "again");
        var again = new Migration(world, PLAN, start, start.ready(Action.RESUME, migration.run(), PLAN));
        again.rollback();
        assertThat(world.dump()).isEqualTo(before);
    }
}
