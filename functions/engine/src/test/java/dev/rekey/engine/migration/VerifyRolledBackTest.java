package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A verification names what was rolled back, and does not take it for the work of other writers. */
final class VerifyRolledBackTest {
    private static final String PLAN = Plans.inPlace(
            "A: { set: { y: \"{% 'new ' & $record.tenant %}\" } }",
            "B: { references: { a: A }, set: { y: \"{% 'new ' & $record.tenant %}\" } }");
    private static final Map<String, String> ONE = Map.of("tenant", "1");
    private static final int RECORDS = 12;

    private final World world = new World();
    private int starts;

    VerifyRolledBackTest() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        for (int i = 0; i < RECORDS; i++) {
            world.load("src-A", record("id", "a" + i, "tenant", String.valueOf(i % 3)));
            world.load("src-B", record("id", "b" + i, "tenant", String.valueOf(i % 3), "a", "a" + i));
        }
        world.pageLimit(5);
    }

    private Start start(Undoing undoing) {
        world.time().sleep(Duration.ofSeconds(1));
        return new Start(world, "next-" + starts++).undoing(undoing);
    }

    private RunReport rollback(Migration run, Undoing undoing) {
        var start = start(undoing);
        return new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, run.run(), PLAN)).rollback();
    }

    private RunReport verify(Migration run) {
        var start = start(Undoing.ALL);
        var verification = new Migration(world, PLAN, start, start.ready(Action.VERIFY, run.run(), PLAN));
        verification
                .manifest()
                .levels()
                .forEach(level ->
                        verification.verify(verification.manifest().levels().indexOf(level) + 1));
        return verification.report(RunOutcome.VERIFIED);
    }

    private static Undoing cascading(Map<String, String> where) {
        return new Undoing(Optional.of("A"), true, Drift.KEEP, false).where(where);
    }

    private static long count(RunReport report, Counted what) {
        return what.in(report.verified().verification());
    }

    @Test
    void thePartIsNamed() {
        var run = Migration.migrated(world, PLAN);
        assertThat(verify(run).ending().message()).isEqualTo("Every record is as the plan says.");
        rollback(run, Undoing.ALL.where(ONE));
        var report = verify(run);
        assertThat(report.ending().message())
                .isEqualTo("Every record is as the plan says, except 8 records rolled back in part (tenant=1).");
        assertThat(report.verified().remaining()).isEmpty();
        assertThat(page(report))
                .contains("every record is as the plan says, except 8 records rolled back in part")
                .doesNotContain("nothing more must change");
    }

    private String page(RunReport report) {
        var subject = report.subject();
        var key = new RunFolder(subject.run()).report("verified-" + subject.task() + ".html");
        return new String(
                world.documents(world.invocation()).bytes(key).orElseThrow().content(), StandardCharsets.UTF_8);
    }

    @Test
    void itIsNamedBesideWhatOthersChanged() {
        var run = Migration.migrated(world, PLAN);
        rollback(run, Undoing.ALL.where(ONE));
        world.load("src-A", record("id", "a0", "tenant", "5", "y", "new 0"));
        world.delete("src-A", record("id", "a3", "tenant", "0", "y", "new 0"));
        var message = verify(run).ending().message();
        assertThat(message)
                .contains("Records changed in the meantime: ", "1 gone", "In addition, 8 records rolled back in part")
                .contains("Another run does not create what is gone.")
                .doesNotContain("Others")
                .doesNotContain("stays until you change it");
    }

    @Test
    void tablesThatWereRolledBackByCascadeAreAPart() {
        var before = world.dump();
        var run = Migration.migrated(world, PLAN);
        rollback(run, cascading(Map.of()));
        assertThat(world.dump()).isEqualTo(before);
        var report = verify(run);
        assertThat(count(report, Counted.ROLLED_BACK)).isEqualTo(2 * RECORDS);
        assertThat(report.ending().message()).contains("(A, B)");
        assertThat(report.verified().remaining()).isEmpty();
    }

    /** What others write after the rollback of a part is not the run's, whichever table it is in. */
    @Test
    void whatOthersWriteAfterACascadeStays() {
        var run = Migration.migrated(world, PLAN);
        rollback(run, cascading(ONE));
        assertThat(run.control().undoing().parts())
                .containsExactly(new Scope(List.of(new TableName("A"), new TableName("B")), ONE));
        var theirs = record("id", "b1", "tenant", "1", "a", "a1", "y", "new 1");
        world.load("src-B", theirs);
        var rest = rollback(run, Undoing.ALL);
        assertThat(rest.others().drift()).isEmpty();
        assertThat(world.items("src-B")).contains(theirs);
    }

    /** The second attempt finds its update done and reads nothing: the first has read the tenant. */
    @Test
    void thePartIsKnownAfterAnInterruptedAttempt() {
        var run = Migration.begun(world, PLAN);
        world.faults().after("update", "src-A", 2, 1, Faults.crash());
        assertThatThrownBy(() -> run.copy(1)).isInstanceOf(Faults.Crash.class);
        world.waitForLeases();
        assertThat(run.migrate().failures()).isZero();
        run.report(RunOutcome.MIGRATED);
        rollback(run, Undoing.ALL.where(ONE));
        var report = verify(run);
        assertThat(count(report, Counted.ROLLED_BACK)).isEqualTo(8);
        assertThat(report.verified().remaining()).isEmpty();
    }

    /** A later run found the records as the plan says and logged nothing of them. */
    @Test
    void theRollbackOfAnotherRunIsNotSaidToBeOthersWork() {
        var first = Migration.migrated(world, PLAN);
        world.load("src-A", record("id", "new", "tenant", "2"));
        var second = Migration.next(world, PLAN);
        assertThat(second.migrate().failures()).isZero();
        second.report(RunOutcome.MIGRATED);
        rollback(first, Undoing.ALL.where(ONE));
        var report = verify(second);
        assertThat(report.verified().remaining()).isEqualTo(Map.of(Counted.LATE, 8L));
        assertThat(report.ending().message())
                .contains("Records changed in the meantime: 8 late.")
                .doesNotContain("Others changed");
    }

    /** Nothing is logged of a record that needs no change: that keeps a further run as fast as a scan. */
    @Test
    void whatAnotherWriterDoesToARecordThatNeededNoChange() {
        Migration.migrated(world, PLAN);
        var second = Migration.next(world, PLAN);
        assertThat(second.migrate().failures()).isZero();
        second.report(RunOutcome.MIGRATED);
        world.delete("src-A", record("id", "a1", "tenant", "1", "y", "new 1"));
        world.delete("src-B", record("id", "b1", "tenant", "1", "a", "a1", "y", "new 1"));
        world.load("src-A", record("id", "a2", "tenant", "2"));
        world.load("src-A", record("id", "a3", "tenant", "0", "y", "new 0", "other", "changed"));
        var report = verify(second);
        assertThat(report.verified().remaining()).isEqualTo(Map.of(Counted.LATE, 1L));
        assertThat(count(report, Counted.MATCHED)).isEqualTo(2 * RECORDS - 3);
    }

    @Test
    void aRunOfAPartIsVerifiedWithoutTheRest() {
        var options = RunOptions.within(new Scope(List.of(), ONE));
        var start = start(Undoing.ALL).asking(options);
        var run = new Migration(world, PLAN, start, start.ready(Action.MIGRATE, PLAN));
        run.begin();
        assertThat(run.migrate().failures()).isZero();
        run.report(RunOutcome.MIGRATED);
        rollback(run, new Undoing(Optional.of("B"), false, Drift.KEEP, false));
        assertThat(verify(run).ending().message())
                .isEqualTo("Every record is as the plan says, except 4 records rolled back in part (B).");
    }
}
