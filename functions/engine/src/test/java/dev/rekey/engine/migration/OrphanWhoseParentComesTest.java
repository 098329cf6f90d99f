package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.store.ForwardingTables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** In place, the parent of an orphan is inserted after the analysis: the reference is right by then, and nobody may remove it. */
final class OrphanWhoseParentComesTest {
    private static final String PLAN =
            Plans.inPlace("A: {}", "B: { references: { a: { family: A, onOrphan: removeReference } } }");
    private final World world = new World();

    OrphanWhoseParentComesTest() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        world.load("src-A", record("id", "a1"));
        world.load("src-B", record("id", "b1", "a", "a1"));
        world.load("src-B", record("id", "b2", "a", "soon"));
    }

    private Map<Counted, Long> remaining(Migration run) {
        return run.report(RunOutcome.MIGRATED).verified().remaining();
    }

    @Test
    void aReferenceStaysIfItsRecordIsThereByNow() {
        var run = Migration.begun(world, PLAN);
        world.load("src-A", record("id", "soon"));
        assertThat(run.migrate().failures()).isZero();
        assertThat(world.items("src-B")).contains(record("id", "b2", "a", "soon"));
        assertThat(remaining(run)).isEmpty();
    }

    /** Its id was an orphan of another record; this one nobody has seen before. */
    @Test
    void aNewChildKeepsItsNewParent() {
        var run = Migration.begun(world, PLAN);
        world.load("src-A", record("id", "soon"));
        world.load("src-B", record("id", "b3", "a", "soon"));
        assertThat(run.migrate().failures()).isZero();
        assertThat(world.items("src-B")).contains(record("id", "b3", "a", "soon"));
        assertThat(remaining(run)).isEmpty();
    }

    @Test
    void aRunThatIsResumedLaterDoesNotTrustItsOldList() {
        var run = Migration.begun(world, PLAN);
        run.copy(1);
        run.verify(1);
        world.time().sleep(Duration.ofDays(3));
        world.load("src-A", record("id", "soon"));
        var start = new Start(world, "resume");
        var resumed = new Migration(world, PLAN, start, start.ready(Action.RESUME, run.run(), PLAN));
        resumed.copy(2);
        assertThat(world.items("src-B")).contains(record("id", "b2", "a", "soon"));
        resumed.verify(1);
        assertThat(resumed.verify(2).failures()).isZero();
    }

    @Test
    void aReferenceThatWasRemovedBeforeItsRecordCameIsReported() {
        var run = Migration.begun(world, PLAN);
        run.copy(1);
        run.verify(1);
        run.copy(2);
        world.load("src-A", record("id", "soon"));
        assertThat(run.verify(2).failures()).isZero();
        var report = run.report(RunOutcome.MIGRATED);
        assertThat(report.verified().remaining()).isEqualTo(Map.of(Counted.REMOVED_REFERENCE, 1L));
        assertThat(report.ending().message())
                .contains("1 removed reference")
                .contains("another run does not restore them")
                .doesNotContain("Run the plan again");
        run.rollback();
        assertThat(world.items("src-B")).contains(record("id", "b2", "a", "soon"));
    }

    /** The worker had seen the record: that the reference stands there is not its fault. */
    @Test
    void aRecordThatCameAndWentIsNamedAtItsReference() {
        var run = Migration.begun(world, PLAN);
        world.load("src-A", record("id", "soon"));
        run.copy(1);
        run.copy(2);
        world.delete("src-A", record("id", "soon"));
        run.verify(1);
        assertThat(run.verify(2).failures()).isZero();
        assertThat(world.items("src-B")).contains(record("id", "b2", "a", "soon"));
        assertThat(remaining(run)).isEqualTo(Map.of(Counted.GONE_REFERENCE, 1L));
    }

    /** A record that the plan leaves out was no record before, and is none now. */
    @Test
    void aRecordThatThePlanLeavesOutIsNone() {
        var plan = PLAN.replace("A: {}", "A: { where: { status: open } }");
        world.load("src-A", record("id", "a1", "status", "open"));
        var run = Migration.begun(world, plan);
        world.load("src-A", record("id", "soon", "status", "closed"));
        assertThat(run.migrate().failures()).isZero();
        assertThat(world.items("src-B")).contains(record("id", "b2"));
        assertThat(remaining(run)).isEmpty();
    }

    @Test
    void whereNoReferenceIsRemovedNothingIsLookedUp() {
        world.delete("src-B", record("id", "b2"));
        world.load("src-B", record("id", "b3"));
        var run = Migration.begun(world, PLAN);
        var reads = new AtomicInteger();
        world.replaceTables(new ForwardingTables(world.tables()) {
            @Override
            public ReadAnswer read(PhysicalTable table, List<Key> keys) {
                reads.addAndGet(keys.size());
                return super.read(table, keys);
            }
        });
        assertThat(run.migrate().failures()).isZero();
        assertThat(reads).hasValue(0);
    }
}
