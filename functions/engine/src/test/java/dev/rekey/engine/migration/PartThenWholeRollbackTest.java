package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.Undoing;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a rollback of a part has taken back is the applications' again; a rollback of the whole does the rest. */
final class PartThenWholeRollbackTest {
    private final World world = new World();
    private int starts;

    PartThenWholeRollbackTest() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
    }

    private RunReport rollback(Migration run, String plan, Optional<String> table, Drift drift) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "undo-" + starts++).undoing(new Undoing(table, false, drift, false));
        return new Migration(world, plan, start, start.ready(Action.ROLLBACK, run.run(), plan)).rollback();
    }

    private static int left(RunReport report) {
        return report.others().drift().size() + report.others().unrestored().size();
    }

    @ParameterizedTest
    @EnumSource(Drift.class)
    void inPlaceAValueThatTheApplicationChoseSinceStays(Drift drift) {
        world.load("src-A", record("id", "a1"));
        world.load("src-B", record("id", "b1"));
        var plan = Plans.inPlace("A: { set: { y: done } }", "B: { set: { y: done } }");
        var run = Migration.migrated(world, plan);
        rollback(run, plan, Optional.of("A"), drift);
        world.load("src-A", record("id", "a1", "y", "done"));
        rollback(run, plan, Optional.empty(), Drift.KEEP);
        assertThat(world.items("src-A")).containsExactly(record("id", "a1", "y", "done"));
    }

    @ParameterizedTest
    @EnumSource(Drift.class)
    void inACopyARecordThatTheApplicationWroteSinceStays(Drift drift) {
        world.load("src-A", record("id", "a1"));
        world.load("src-B", record("id", "b1"));
        var plan = Plans.of("A: { identity: { rule: keep } }", "B: {}");
        var run = Migration.migrated(world, plan);
        rollback(run, plan, Optional.of("A"), drift);
        world.load("dst-A", record("id", "a1"));
        rollback(run, plan, Optional.empty(), Drift.KEEP);
        assertThat(world.items("dst-A")).containsExactly(record("id", "a1"));
    }

    /** The created record was kept, because contacts referred to it; they do so no longer. */
    @Test
    void aCreatedRecordThatAPartKeptGoesWithTheWhole() {
        world.create("Companies", KeyType.S);
        world.create("Contacts", KeyType.S);
        world.load("src-Contacts", record("id", "p1", "tenant", "t1"));
        var plan = Plans.inPlace(
                "Companies: {}",
                "Contacts: { references: { company: { family: Companies, onAbsent: { create: { name: D }, per: tenant } } } }");
        var before = world.dump();
        var run = Migration.migrated(world, plan);
        rollback(run, plan, Optional.of("Companies"), Drift.KEEP);
        rollback(run, plan, Optional.empty(), Drift.KEEP);
        assertThat(world.dump()).isEqualTo(before);
    }

    /** It was referred to when each part was rolled back. */
    @ParameterizedTest
    @EnumSource(Drift.class)
    void aCreatedRecordIsLookedAtAgainBySeveralParts(Drift drift) {
        world.create("Companies", KeyType.S);
        world.create("Contacts", KeyType.S);
        world.load("src-Contacts", record("id", "p1", "tenant", "t1"));
        var plan = Plans.inPlace(
                "Companies: {}",
                "Contacts: { references: { company: { family: Companies, onAbsent: { create: { name: D }, per: tenant } } } }");
        var before = world.dump();
        var run = Migration.migrated(world, plan);
        var kept = rollback(run, plan, Optional.of("Companies"), drift);
        assertThat(left(kept)).isOne();
        rollback(run, plan, Optional.of("Companies"), drift);
        rollback(run, plan, Optional.of("Contacts"), Drift.KEEP);
        var last = rollback(run, plan, Optional.of("Companies"), Drift.KEEP);
        assertThat(left(last)).isZero();
        assertThat(world.dump()).isEqualTo(before);
        assertThat(left(rollback(run, plan, Optional.empty(), Drift.KEEP))).isZero();
        assertThat(world.dump()).isEqualTo(before);
    }

    /** What a part left alone, the whole looks at again: others may have put back what the run wrote. */
    @Test
    void driftThatAPartKeptIsRestoredOnceItIsNoneAnyMore() {
        world.load("src-A", record("id", "a1"));
        var plan = Plans.of("A: { identity: { rule: keep } }", "B: {}");
        var run = Migration.migrated(world, plan);
        world.load("dst-A", record("id", "a1", "v", "theirs"));
        assertThat(left(rollback(run, plan, Optional.of("A"), Drift.KEEP))).isOne();
        world.load("dst-A", record("id", "a1"));
        assertThat(left(rollback(run, plan, Optional.empty(), Drift.KEEP))).isZero();
        assertThat(world.items("dst-A")).isEmpty();
    }
}
