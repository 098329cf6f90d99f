package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Two records match when the merges are decided, and no longer when they are carried out. */
final class MatchThatEndedTest {
    private static final String CUSTOMERS = "Customers: { merge: { into: { c1: c2 } } }";
    private static final String CLIENTS = "Clients: { references: { customer: Customers }, where: { status: open },"
            + " merge: { matchBy: [name], within: customer, onMatch: merge } MARK }";
    private static final String JOBS = "Jobs: { references: { client: Clients } }";
    private static final String COPYING = Plans.of(CUSTOMERS, CLIENTS.replace(" MARK", ""), JOBS);
    private static final String CHANGING =
            Plans.inPlace(CUSTOMERS, CLIENTS.replace(" MARK", ", merged: { set: { deleted: true } }"), JOBS);

    private final World world = new World();

    MatchThatEndedTest() {
        List.of("Customers", "Clients", "Jobs").forEach(name -> world.create(name, KeyType.S));
        world.load("src-Customers", record("id", "c1"));
        world.load("src-Customers", record("id", "c2"));
        client("u1", "anna");
        client("u2", "anna");
        world.load("src-Jobs", record("id", "j1", "client", "u1"));
    }

    private void client(String id, String name) {
        client(id, name, "open");
    }

    private void client(String id, String name, String status) {
        var customer = id.equals("u1") ? "c1" : "c2";
        world.load("src-Clients", record("id", id, "customer", customer, "name", name, "status", status));
    }

    private static Map<Counted, Long> remaining(Migration run) {
        return run.report(RunOutcome.MIGRATED).verified().remaining();
    }

    private static void level(Migration run, int level) {
        run.copy(level);
        assertThat(run.verify(level).failures()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"u1", "u2"})
    void aCopyLeavesItOutIfNothingIsWrittenForIt(String renamed) {
        var run = Migration.begun(world, COPYING);
        client(renamed, "bertha");
        assertThat(run.migrate().failures()).isZero();
        assertThat(world.items("dst-Clients")).hasSize(2);
        var job = run.mapped("Jobs", record("id", "j1", "client", "u1"));
        assertThat(world.items("dst-Jobs")).containsExactly(job);
        assertThat(remaining(run)).isEmpty();
    }

    @Test
    void whatEndedBeforeTheFirstWriteIsLeftOut() {
        var run = Migration.prepared(world, COPYING);
        run.validate();
        client("u1", "bertha");
        assertThat(run.judgeAgain()).isEmpty();
        assertThat(run.migrate().failures()).isZero();
        assertThat(world.items("dst-Clients")).hasSize(2);
        assertThat(remaining(run)).isEmpty();
    }

    @Test
    void ofACopyWhatEndedLaterRemains() {
        var run = Migration.begun(world, COPYING);
        level(run, 1);
        level(run, 2);
        client("u1", "bertha");
        level(run, 3);
        assertThat(world.items("dst-Clients")).hasSize(1);
        var report = run.report(RunOutcome.MIGRATED);
        assertThat(report.verified().remaining()).isEqualTo(Map.of(Counted.MATCH_ENDED, 1L));
        assertThat(report.ending().message()).contains("1 merge that has ended").contains("roll the run back");
        run.rollback();
        assertThat(world.items("dst-Clients")).isEmpty();
        world.time().sleep(Duration.ofSeconds(1));
        Migration.migrated(world, COPYING);
        assertThat(world.items("dst-Clients")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"u1", "u2"})
    void inPlaceItIsLeftOut(String renamed) {
        var run = Migration.begun(world, CHANGING);
        client(renamed, "bertha");
        assertThat(run.migrate().failures()).isZero();
        assertThat(world.items("src-Clients"))
                .containsExactlyInAnyOrder(belonging("u1", renamed), belonging("u2", renamed));
        assertThat(world.items("src-Jobs")).containsExactly(record("id", "j1", "client", "u1"));
        assertThat(remaining(run)).isEmpty();
    }

    /** A client of the second customer, into whom the first was merged. */
    private static Map<String, AttributeValue> belonging(String id, String renamed) {
        return record("id", id, "customer", "c2", "name", id.equals(renamed) ? "bertha" : "anna", "status", "open");
    }

    /** Its level was written, and the merged record passed by: the rest of it is another run's work. */
    @Test
    void inPlaceWhatEndedLaterIsLeftOutFromThereOn() {
        var run = Migration.begun(world, CHANGING);
        level(run, 1);
        level(run, 2);
        client("u1", "bertha");
        level(run, 3);
        level(run, 4);
        assertThat(world.items("src-Jobs")).containsExactly(record("id", "j1", "client", "u2"));
        assertThat(world.items("src-Clients"))
                .contains(record("id", "u1", "customer", "c1", "name", "bertha", "status", "open"));
        assertThat(remaining(run)).isEqualTo(Map.of(Counted.MATCH_ENDED, 1L));
    }

    @Test
    void inPlaceARecordThatWhereLeavesOutByNowIsNotMarked() {
        var run = Migration.begun(world, CHANGING);
        level(run, 1);
        client("u1", "anna", "closed");
        level(run, 2);
        level(run, 3);
        level(run, 4);
        assertThat(world.items("src-Clients"))
                .contains(record("id", "u1", "customer", "c1", "name", "anna", "status", "closed"));
    }

    /** What matched within another that was merged, and is not, matches no longer. */
    @Test
    void whatBelongedTogetherThroughItEndsWithIt() {
        var plan = Plans.of(
                "Customers: { merge: { into: { c1: c2 }, require: \"{% $not($record.locked = 'yes') %}\" } }",
                CLIENTS.replace(" MARK", ""), JOBS);
        var run = Migration.prepared(world, plan);
        run.validate();
        world.load("src-Customers", record("id", "c1", "locked", "yes"));
        assertThat(run.judgeAgain()).isEmpty();
        assertThat(run.migrate().failures()).isZero();
        assertThat(world.items("dst-Customers")).hasSize(2);
        assertThat(world.items("dst-Clients")).hasSize(2);
        assertThat(remaining(run)).isEmpty();
    }

    @Test
    void requireIsAskedAgainForTheMergedRecord() {
        var plan = Plans.of(
                "Customers: { merge: { into: { c1: c2 }, require: \"{% $not($record.locked = 'yes') %}\" } }",
                "Clients: { references: { customer: Customers } }");
        var run = Migration.begun(world, plan);
        world.load("src-Customers", record("id", "c1", "locked", "yes"));
        assertThat(run.migrate().failures()).isZero();
        assertThat(remaining(run)).isEqualTo(Map.of(Counted.MATCH_ENDED, 1L));
    }

    /** What was frozen before a run stopped is old when it is resumed. */
    @Test
    void aRunThatIsResumedJudgesAgain() {
        var run = Migration.begun(world, CHANGING);
        for (int level = 1; level < 4; level++) {
            level(run, level);
        }
        world.time().sleep(Duration.ofDays(3));
        client("u2", "bertha");
        var start = new Start(world, "resume");
        var resumed = new Migration(world, CHANGING, start, start.ready(Action.RESUME, run.run(), CHANGING));
        assertThat(resumed.migrate().failures()).isZero();
        assertThat(world.items("src-Clients"))
                .contains(record("id", "u1", "customer", "c1", "name", "anna", "status", "open"));
        assertThat(remaining(resumed)).containsEntry(Counted.MATCH_ENDED, 1L);
    }

    /** It had ended when the run stopped, and holds again when that is resumed: what is carried out then is an earlier run's merge. */
    @Test
    void whatTheResumedRunCarriesOutALaterRunKeeps() {
        var run = Migration.begun(world, COPYING);
        run.copy(1);
        client("u1", "bertha");
        assertThat(run.verify(1).failures()).isZero();
        client("u1", "anna");
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "resume");
        var resumed = new Migration(world, COPYING, start, start.ready(Action.RESUME, run.run(), COPYING));
        assertThat(resumed.migrate().failures()).isZero();
        assertThat(world.items("dst-Clients")).hasSize(1);
        assertThat(remaining(resumed)).isEmpty();
        client("u1", "bertha");
        Migration.migrated(world, COPYING);
        assertThat(world.items("dst-Clients")).hasSize(1);
    }
}
