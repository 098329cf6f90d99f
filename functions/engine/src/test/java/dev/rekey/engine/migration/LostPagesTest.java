package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody has deleted a log object: nothing is guessed, and once it is restored the run goes on. */
final class LostPagesTest {
    private static final Optional<String> YES = Optional.of("p");
    private static final String SECOND_PAGE = "/log/A/000000-of-000001/00000001-0001";

    private final World world = new World();
    private final Map<ObjectKey, byte[]> deleted =
            new TreeMap<>((a, b) -> a.name().compareTo(b.name()));

    @BeforeEach
    void tables() {
        world.create("A", KeyType.S);
        world.fill("src-A", 12);
    }

    private Migration migrated() {
        var migration = Migration.begun(world, Plans.ONE);
        world.pageLimit(5);
        assertThat(migration.migrate().failures()).isZero();
        migration.report(RunOutcome.MIGRATED);
        world.pageLimit(0);
        world.time().sleep(Duration.ofSeconds(1));
        return migration;
    }

    private void lose(String part) {
        world.objects().contents().forEach((key, content) -> {
            if (key.contains(part)) {
                deleted.put(new ObjectKey(key), content);
            }
        });
        assertThat(deleted).isNotEmpty();
        deleted.keySet().forEach(world.objects()::delete);
    }

    private void restore() {
        deleted.forEach(world.objects()::put);
    }

    private Prepared prepare(String name, Action action, Migration migration) {
        return new Start(world, name).prepareOn(action, migration.run().value(), YES);
    }

    private static String refused(Prepared prepared) {
        assertThat(prepared).isInstanceOf(Prepared.Refused.class);
        return ((Prepared.Refused) prepared).cause();
    }

    private void rolledBack(Migration migration) {
        var start = new Start(world, "undo once more");
        new Migration(world, Plans.ONE, start, start.ready(Action.ROLLBACK, migration.run(), Plans.ONE)).rollback();
        assertThat(world.items("dst-A")).isEmpty();
        assertThat(migration.control().phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @ParameterizedTest
    @EnumSource(names = {"ROLLBACK", "VERIFY"})
    void aMigratedRunIsLeftAsItIs(Action action) {
        var migration = migrated();
        lose(SECOND_PAGE);
        var before = world.dump();
        assertThat(refused(prepare("x", action, migration)))
                .startsWith("Cannot " + action.verb() + " run " + migration.run())
                .contains(SECOND_PAGE)
                .contains("is missing")
                .contains("Nothing was changed. Restore");
        assertThat(migration.control().phase()).isEqualTo(Phase.MIGRATED);
        assertThat(world.dump()).isEqualTo(before);
        restore();
        assertThat(prepare("y", Action.VERIFY, migration)).isInstanceOf(Prepared.Ready.class);
        rolledBack(migration);
    }

    /** The whole log of a segment and its checkpoint: nothing is left that could miss them but the run itself. */
    @ParameterizedTest
    @EnumSource(names = {"ROLLBACK", "VERIFY"})
    void aSegmentThatIsGoneAltogetherIsMissedToo(Action action) {
        var migration = migrated();
        lose("/A/000000-of-000001");
        assertThat(refused(prepare("x", action, migration))).contains("/checkpoints/copy/A/000000-of-000001.json");
        restore();
        rolledBack(migration);
    }

    @Test
    void anUnfinishedRunIsNeitherResumedNorRolledBack() {
        var migration = Migration.begun(world, Plans.ONE);
        world.pageLimit(5);
        world.faults().after("putAll", "dst-A", 2, 1, Faults.crash());
        assertThatThrownBy(() -> migration.copyInvocation("A")).isInstanceOf(Faults.Crash.class);
        world.waitForLeases();
        lose(SECOND_PAGE);
        assertThat(refused(prepare("resume", Action.RESUME, migration))).contains(SECOND_PAGE);
        assertThat(refused(prepare("undo", Action.ROLLBACK, migration))).contains(SECOND_PAGE);
        assertThat(migration.control().phase()).isEqualTo(Phase.MIGRATING);
        restore();
        var resume = new Start(world, "resume again");
        var resumed = new Migration(world, Plans.ONE, resume, resume.ready(Action.RESUME, migration.run(), Plans.ONE));
        assertThat(resumed.migrate().failures()).isZero();
        resumed.report(RunOutcome.MIGRATED);
        rolledBack(migration);
    }

    /** The third page was under way when its worker died: nobody can tell whether it was logged. */
    @Test
    void aPageUnderWayIsNotMissed() {
        var migration = Migration.begun(world, Plans.ONE);
        world.pageLimit(5);
        world.faults().before("create", "/00000002-0001", Faults.crash());
        assertThatThrownBy(() -> migration.copyInvocation("A")).isInstanceOf(Faults.Crash.class);
        world.waitForLeases();
        rolledBack(migration);
    }

    /** Of a run whose workers were interrupted in pages, so that there are several attempts. */
    @Test
    void everySinglePageObjectIsMissed() {
        var migration = Migration.begun(world, Plans.ONE);
        world.pageLimit(5);
        world.faults().after("putAll", "dst-A", 1, 1, Faults.crash());
        world.faults().after("putAll", "dst-A", 1, 1, Faults.crash());
        for (int died = 0; died < 2; died++) {
            assertThatThrownBy(() -> migration.copyInvocation("A")).isInstanceOf(Faults.Crash.class);
            world.waitForLeases();
        }
        assertThat(migration.migrate().failures()).isZero();
        migration.report(RunOutcome.MIGRATED);
        var pages = world.objects().contents().keySet().stream()
                .filter(key -> key.contains("/log/"))
                .toList();
        assertThat(pages).hasSize(5);
        for (var page : pages) {
            lose(page);
            assertThat(refused(prepare("undo", Action.ROLLBACK, migration)))
                    .as(page)
                    .contains("/log/A/");
            restore();
            deleted.clear();
        }
        rolledBack(migration);
    }

    @Test
    void aRollbackThatMissesAPageStopsAndGoesOnWhenItIsRestored() {
        var migration = migrated();
        var start = new Start(world, "undo");
        var undo = new Migration(world, Plans.ONE, start, start.ready(Action.ROLLBACK, migration.run(), Plans.ONE));
        lose(SECOND_PAGE);
        assertThatThrownBy(undo::rollback)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(SECOND_PAGE)
                .hasMessageContaining("Restore");
        assertThat(world.items("dst-A")).hasSize(12);
        assertThat(undo.report(RunOutcome.INCOMPLETE, "an error").ending().message())
                .contains(SECOND_PAGE)
                .contains("rekey rollback --run");
        assertThat(refused(prepare("too soon", Action.RESUME, migration))).contains(SECOND_PAGE);
        restore();
        rolledBack(migration);
    }

    /** The target did not begin empty, so that records which nobody expects there are no failure. */
    @Test
    void aVerificationThatMissesAPageDoesNotPass() {
        world.load("dst-A", record("id", "somebody else's"));
        var migration = migrated();
        lose(SECOND_PAGE);
        world.items("src-A").subList(5, 10).forEach(item -> world.delete("dst-A", migration.mapped("A", item)));
        var verification = migration.again("verify");
        assertThatThrownBy(() -> verification.verify(1))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(SECOND_PAGE);
        restore();
        world.waitForLeases();
        assertThat(verification.verify(1).failures()).isEqualTo(5);
    }

    /** Nobody could tell which records the later run wrote. */
    @Test
    void aPageOfALaterRunIsMissedToo() {
        var first = migrated();
        world.delete("dst-A", world.items("dst-A").getFirst());
        var second = migrated();
        lose(second.run() + SECOND_PAGE);
        assertThat(refused(prepare("undo", Action.ROLLBACK, first)))
                .contains(second.run() + SECOND_PAGE)
                .contains("Restore");
        assertThat(first.control().phase()).isEqualTo(Phase.MIGRATED);
        restore();
        assertThat(refused(prepare("undo", Action.ROLLBACK, first))).contains("run " + second.run() + " is newer");
    }

    /** The migration is as it should be; only old and new ids are not shown. */
    @Test
    void aReportIsWrittenAllTheSame() {
        var migration = Migration.begun(world, Plans.ONE);
        world.pageLimit(5);
        assertThat(migration.migrate().failures()).isZero();
        lose(SECOND_PAGE);
        assertThat(migration.report(RunOutcome.MIGRATED).ending().error()).isEmpty();
        assertThat(migration.control().phase()).isEqualTo(Phase.MIGRATED);
    }
}
