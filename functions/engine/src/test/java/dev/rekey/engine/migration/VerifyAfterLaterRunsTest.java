package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What later runs of the plan wrote is theirs, where an earlier one is verified after them. */
final class VerifyAfterLaterRunsTest {
    private static final int RECORDS = 30;
    private static final String IN_PLACE =
            Plans.inPlace("A: { set: { y: \"{% 'new ' & $record.x %}\" }, onDrift: fail }");

    private final World world = new World();
    private int starts;

    VerifyAfterLaterRunsTest() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        for (int i = 0; i < RECORDS; i++) {
            world.load("src-A", a(i, "1"));
        }
        world.pageLimit(7);
    }

    private static Map<String, AttributeValue> a(int i, String x) {
        return record("id", "a" + i, "x", x);
    }

    private RunReport verified(Migration run, String plan) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "verify-" + starts++);
        var verification = new Migration(world, plan, start, start.ready(Action.VERIFY, run.run(), plan));
        for (int level = 1; level <= run.manifest().levels().size(); level++) {
            verification.verify(level);
        }
        return verification.report(RunOutcome.VERIFIED);
    }

    private static void assertRight(RunReport report) {
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.verified().remaining()).isEmpty();
    }

    @Test
    void whatLaterPassesBroughtIsTheirs() {
        var plan = Plans.of("A: {}", "B: { checks: { accept: [a] }, references: { a: A } }");
        var first = Migration.migrated(world, plan);
        for (int i = 0; i < RECORDS; i++) {
            world.load("src-A", a(RECORDS + i, "1"));
            world.load("src-B", record("id", "b" + i, "a", "a" + i));
        }
        // One that the second run replaces, and that moves once more.
        world.load("src-A", a(0, "2"));
        Migration.migrated(world, plan);
        world.load("src-A", a(0, "3"));
        var second = Migration.migrated(world, plan);
        var report = verified(first, plan);
        assertRight(report);
        assertThat(report.verified().verification())
                .containsEntry(Counted.MATCHED, (long) RECORDS)
                .containsEntry(Counted.LATER_RUN, 2L * RECORDS);
        assertRight(verified(second, plan));
    }

    @Test
    void aRecordThatALaterRunReplacedIsJudgedThere() {
        var plan = Plans.ONE;
        var first = Migration.migrated(world, plan);
        world.load("src-A", a(0, "2"));
        var second = Migration.migrated(world, plan);
        world.load("src-A", a(0, "3"));
        world.load("src-A", a(1, "3"));
        var report = verified(first, plan);
        assertThat(report.verified().verification())
                .containsEntry(Counted.MATCHED, RECORDS - 2L)
                .containsEntry(Counted.MOVED, 1L)
                .containsEntry(Counted.LATER_RUN, 1L)
                .containsEntry(Counted.ALTERED, 0L);
        assertThat(verified(second, plan).verified().verification()).containsEntry(Counted.MOVED, 2L);
    }

    /** What others do is named still: it is of no run of the plan. */
    @Test
    void whatOthersWroteIsTheirsStill() {
        var first = Migration.migrated(world, Plans.ONE);
        world.load("src-A", a(RECORDS, "1"));
        Migration.migrated(world, Plans.ONE);
        world.load("dst-A", record("id", "stranger"));
        assertThat(verified(first, Plans.ONE).verified().verification())
                .containsEntry(Counted.DRIFTED, 1L)
                .containsEntry(Counted.LATER_RUN, 1L);
    }

    /** It is not theirs any more: the record that it was is left to the first run. */
    @Test
    void whatALaterRunWroteAndWasRolledBackIsNobodys() {
        var first = Migration.migrated(world, Plans.ONE);
        world.load("src-A", a(RECORDS, "1"));
        var second = Migration.migrated(world, Plans.ONE);
        var copy = second.mapped("A", a(RECORDS, "1"));
        var start = new Start(world, "undo");
        new Migration(world, Plans.ONE, start, start.ready(Action.ROLLBACK, second.run(), Plans.ONE)).rollback();
        world.load("dst-A", copy);
        assertThat(verified(first, Plans.ONE).verified().verification()).containsEntry(Counted.DRIFTED, 1L);
    }

    @Test
    void inPlaceWhatALaterPassWroteIsIts() {
        var first = Migration.migrated(world, IN_PLACE);
        world.load("src-A", record("id", "a0", "x", "2", "y", "new 1"));
        Migration.migrated(world, IN_PLACE);
        var report = verified(first, IN_PLACE);
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.verified().verification()).containsEntry(Counted.ALTERED, 0L);
    }
}
