package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The records of one tenant are rolled back, then those of another, then the rest. */
final class ScopedRollbackTest {
    private static final String PLAN = Plans.inPlace(
            "A: { set: { y: \"{% 'new ' & $record.tenant %}\" } }", "B: { references: { a: A }, set: { y: 1 } }");
    private static final Map<String, String> ONE = Map.of("tenant", "1");
    private static final int RECORDS = 12;

    private final World world = new World();
    private int starts;

    ScopedRollbackTest() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        for (int i = 0; i < RECORDS; i++) {
            world.load("src-A", record("id", "a" + i, "tenant", String.valueOf(i % 3), "other", "o"));
        }
        world.pageLimit(5);
    }

    private Start start(Undoing undoing) {
        world.time().sleep(Duration.ofSeconds(1));
        return new Start(world, "undo-" + starts++).undoing(undoing);
    }

    private Migration undoing(Migration run, Undoing undoing) {
        var start = start(undoing);
        return new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, run.run(), PLAN));
    }

    private static Undoing of(Map<String, String> where) {
        return Undoing.ALL.where(where);
    }

    private String refused(Migration run, Undoing undoing) {
        var prepared = start(undoing).prepareOn(Action.ROLLBACK, run.run().value(), Optional.of("p"));
        assertThat(prepared).isInstanceOf(Prepared.Refused.class);
        return ((Prepared.Refused) prepared).cause();
    }

    private static Map<Counted, Long> counts(RunReport report) {
        var counts = new EnumMap<Counted, Long>(Counted.class);
        counts.putAll(report.work().counts());
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private void application(String id, String tenant, String y) {
        world.load("src-A", record("id", id, "tenant", tenant, "other", "o", "y", y));
    }

    /** Ids of the records that hold what the run wrote. */
    private List<String> done() {
        var done = new ArrayList<String>();
        world.items("src-A").stream()
                .filter(item -> item.containsKey("y"))
                .forEach(item -> done.add(item.get("id").s()));
        return done.stream().sorted().toList();
    }

    @Test
    void oneTenantThenAnotherThenTheRest() {
        var before = world.dump();
        var run = Migration.migrated(world, PLAN);
        var first = undoing(run, of(ONE)).rollback();
        assertThat(counts(first)).isEqualTo(Map.of(Counted.RESTORED, 4L));
        assertThat(first.ending().message()).contains("tenant=1").contains("the rest of the run stays migrated");
        assertThat(done()).containsExactly("a0", "a11", "a2", "a3", "a5", "a6", "a8", "a9");
        assertThat(run.control().phase()).isEqualTo(Phase.MIGRATED);
        assertThat(run.control().undoing().parts()).containsExactly(new Scope(List.of(), ONE));

        assertThat(counts(undoing(run, of(Map.of("tenant", "2"))).rollback())).isEqualTo(Map.of(Counted.RESTORED, 4L));
        assertThat(done()).containsExactly("a0", "a3", "a6", "a9");
        assertThat(run.control().undoing().parts()).hasSize(2);

        assertThat(counts(undoing(run, Undoing.ALL).rollback())).isEqualTo(Map.of(Counted.RESTORED, 4L));
        assertThat(run.control().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(world.dump()).isEqualTo(before);

        var again = Migration.migrated(world, PLAN);
        assertThat(done()).hasSize(RECORDS);
        assertThat(counts(undoing(again, Undoing.ALL).rollback())).isEqualTo(Map.of(Counted.RESTORED, (long) RECORDS));
    }

    /** Runs of the plan one after the other, which have written some records again, and one tenant of all of them, newest first. */
    @Test
    void oneTenantOfManyRuns() {
        var first = Migration.migrated(world, PLAN);
        rewritten("a1", "1");
        rewritten("a2", "2");
        rewritten("a12", "0");
        rewritten("a13", "1");
        var second = Migration.migrated(world, PLAN);
        rewritten("a4", "1");
        var third = Migration.migrated(world, PLAN);
        var ofOthers = ofOthers();
        assertThat(done()).hasSize(RECORDS + 2);

        assertThat(refused(first, of(ONE))).contains("is newer and wrote the same records");
        assertThat(counts(undoing(third, of(ONE)).rollback())).isEqualTo(Map.of(Counted.RESTORED, 1L));
        assertThat(counts(undoing(second, of(ONE)).rollback())).isEqualTo(Map.of(Counted.RESTORED, 2L));
        assertThat(counts(undoing(first, of(ONE)).rollback()))
                .isEqualTo(Map.of(Counted.RESTORED, 2L, Counted.UNCHANGED, 2L));
        assertThat(done()).containsExactly("a0", "a11", "a12", "a2", "a3", "a5", "a6", "a8", "a9");
        assertThat(ofOthers()).isEqualTo(ofOthers);

        List.of(third, second, first).forEach(run -> undoing(run, Undoing.ALL).rollback());
        assertThat(done()).isEmpty();
        assertThat(world.items("src-A")).hasSize(RECORDS + 2);
    }

    /** The application writes a record without what runs have written. */
    private void rewritten(String id, String tenant) {
        world.load("src-A", record("id", id, "tenant", tenant, "other", "o"));
    }

    private List<Map<String, AttributeValue>> ofOthers() {
        return world.items("src-A").stream()
                .filter(item -> !item.get("tenant").s().equals("1"))
                .toList();
    }

    @Test
    void whatOthersWriteAfterwardsIsNoDriftOfTheRest() {
        var run = Migration.migrated(world, PLAN);
        undoing(run, of(ONE)).rollback();
        application("a1", "1", "theirs");
        application("a4", "1", "new 1");
        var rest = undoing(run, Undoing.ALL).rollback();
        assertThat(counts(rest)).isEqualTo(Map.of(Counted.RESTORED, 8L));
        assertThat(rest.others().drift()).isEmpty();
        assertThat(done()).containsExactly("a1", "a4");
    }

    @Test
    void driftIsKeptLookedAtAgainAndOverwrittenIfAskedFor() {
        var before = world.dump();
        var run = Migration.migrated(world, PLAN);
        application("a1", "1", "theirs");
        application("a4", "1", "theirs");
        var first = undoing(run, of(ONE)).rollback();
        assertThat(counts(first)).isEqualTo(Map.of(Counted.RESTORED, 2L, Counted.DRIFT, 2L));
        application("a4", "1", "new 1");
        assertThat(counts(undoing(run, Undoing.ALL).rollback()))
                .isEqualTo(Map.of(Counted.RESTORED, 9L, Counted.DRIFT, 1L));
        assertThat(done()).containsExactly("a1");
        var overwriting = new Undoing(Optional.empty(), false, Drift.OVERWRITE, false);
        assertThat(counts(undoing(run, overwriting).rollback()).get(Counted.OVERWRITTEN))
                .isEqualTo(1);
        assertThat(world.dump()).isEqualTo(before);
    }

    /** The worker dies after some records, and the same rollback goes on, or that of the whole run follows. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCrashInTheMiddleIsGoneOnFrom(boolean whole) {
        var before = world.dump();
        var run = Migration.migrated(world, PLAN);
        world.faults().after("update", "src-A", 2, 1, Faults.crash());
        assertThatThrownBy(() -> undoing(run, of(ONE)).rollback()).isInstanceOf(Faults.Crash.class);
        assertThat(run.control().phase()).isEqualTo(Phase.ROLLING_BACK);
        world.waitForLeases();
        if (!whole) {
            assertThat(refused(run, of(Map.of("tenant", "2")))).contains("the run is rolling back, not migrated");
            var start = start(Undoing.ALL);
            var resumed = new Migration(world, PLAN, start, start.ready(Action.RESUME, run.run(), PLAN));
            resumed.rollback();
            assertThat(done()).containsExactly("a0", "a11", "a2", "a3", "a5", "a6", "a8", "a9");
            assertThat(run.control().phase()).isEqualTo(Phase.MIGRATED);
        }
        var rest = undoing(run, Undoing.ALL).rollback();
        assertThat(rest.others().drift()).isEmpty();
        assertThat(world.dump()).isEqualTo(before);
        assertThat(run.control().phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    /** The attempt that finds its update done already reads nothing; the one before it has. */
    @Test
    void whatAnEarlierAttemptReadTellsTheTenant() {
        var before = world.dump();
        var run = Migration.begun(world, PLAN);
        world.faults().after("update", "src-A", 2, 1, Faults.crash());
        assertThatThrownBy(() -> run.copy(1)).isInstanceOf(Faults.Crash.class);
        world.waitForLeases();
        assertThat(run.migrate().failures()).isZero();
        run.report(RunOutcome.MIGRATED);
        assertThat(counts(undoing(run, of(ONE)).rollback())).isEqualTo(Map.of(Counted.RESTORED, 4L));
        assertThat(counts(undoing(run, Undoing.ALL).rollback())).isEqualTo(Map.of(Counted.RESTORED, 8L));
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void verificationSaysWhatWasRolledBack() {
        var run = Migration.migrated(world, PLAN);
        undoing(run, of(ONE)).rollback();
        var start = start(Undoing.ALL);
        var verified = new Migration(world, PLAN, start, start.ready(Action.VERIFY, run.run(), PLAN)).verify(1);
        assertThat(verified.failures()).isZero();
        var counts = new EnumMap<Counted, Long>(Counted.class);
        verified.tables().values().forEach(one -> Counted.add(one, counts));
        assertThat(counts)
                .containsEntry(Counted.ROLLED_BACK, 4L)
                .containsEntry(Counted.MATCHED, 8L)
                .doesNotContainKey(Counted.REVERTED);
    }

    @Test
    void whatTheLogDoesNotSayIsNotGuessed() {
        var run = Migration.migrated(world, PLAN);
        var after = world.dump();
        assertThat(refused(run, of(Map.of("other", "o"))))
                .contains("its log does not hold this attribute for table A")
                .contains("Nothing was changed");
        assertThat(refused(run, of(Map.of("tenant", "9")))).contains("with tenant=9: it changed no such record");
        assertThat(refused(run, new Undoing(Optional.empty(), false, Drift.OVERWRITE, false).where(ONE)))
                .contains("Omit --where or --drift");
        assertThat(world.dump()).isEqualTo(after);
        assertThat(run.control().phase()).isEqualTo(Phase.MIGRATED);
        assertThat(run.control().undoing().parts()).isEmpty();
        assertThat(counts(undoing(run, of(Map.of("id", "a7"))).rollback())).isEqualTo(Map.of(Counted.RESTORED, 1L));
    }

    @Test
    void copiesAreNotRolledBackInPart() {
        var copied = Plans.of("A: {}");
        var run = Migration.migrated(world, copied);
        assertThat(refused(run, of(Map.of("id", "a7")))).contains("it copied A").contains("would dangle");
    }
}
