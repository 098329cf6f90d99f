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
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two kinds of records in one physical table, of which a part is verified or rolled back: one kind, one tenant, or both. */
final class KindsInPartTest {
    private static final String PLAN = Plans.inPlace(
                    "Cats: { from: Pets, match: { kind: cat }, set: { y: \"{% 'cat of ' & $record.tenant %}\" } }",
                    "Dogs: { from: Pets, match: { kind: dog }, set: { y: \"{% 'dog of ' & $record.tenant %}\" } }",
                    "Owners: { set: { y: \"{% 'owner of ' & $record.tenant %}\" } }")
            .replace("tables:\n", "unmatched: leave\ntables:\n");
    private static final Map<String, String> ONE = Map.of("tenant", "1");
    private static final int OF_EACH = 6;

    private final World world = new World();
    private int starts;

    @BeforeEach
    void pets() {
        world.create("Pets", KeyType.S);
        world.create("Owners", KeyType.S);
        for (int i = 0; i < OF_EACH; i++) {
            var tenant = String.valueOf(i % 3);
            world.load("src-Pets", record("id", "c" + i, "kind", "cat", "tenant", tenant));
            world.load("src-Pets", record("id", "d" + i, "kind", "dog", "tenant", tenant));
            world.load("src-Pets", record("id", "x" + i, "kind", "fish", "tenant", tenant));
            world.load("src-Owners", record("id", "o" + i, "tenant", tenant));
        }
        world.pageLimit(5);
    }

    private Migration of(Action action, Migration run, Start start) {
        return new Migration(world, PLAN, start, start.ready(action, run.run(), PLAN));
    }

    private Start start() {
        world.time().sleep(Duration.ofSeconds(1));
        return new Start(world, "next-" + starts++);
    }

    private RunReport rollback(Migration run, Optional<String> table, Map<String, String> where) {
        var undoing = new Undoing(table, false, Drift.KEEP, false).where(where).verifying(true);
        return of(Action.ROLLBACK, run, start().undoing(undoing)).rollback();
    }

    private RunReport verify(Migration run, Scope scope) {
        var options = RunOptions.within(scope);
        var verification = of(Action.VERIFY, run, start().asking(options));
        for (int level = 1; level <= verification.manifest().levels().size(); level++) {
            verification.verify(level);
        }
        return verification.report(RunOutcome.VERIFIED);
    }

    /** How many records of each table were counted as {@code what}. */
    private static Map<String, Long> counted(RunReport report, Counted what) {
        var counts = new TreeMap<String, Long>();
        report.work().tables().forEach((name, one) -> {
            if (what.in(one.counts()) > 0) {
                counts.put(name.value(), what.in(one.counts()));
            }
        });
        return counts;
    }

    private static Scope only(Map<String, String> where, String... tables) {
        return new Scope(List.of(tables).stream().map(TableName::new).toList(), where);
    }

    @Test
    void oneTenantOfOneKindThenTheTenantThenTheKindThenTheRest() {
        var before = world.dump();
        var run = Migration.migrated(world, PLAN);
        assertThat(counted(rollback(run, Optional.of("Cats"), ONE), Counted.RESTORED))
                .isEqualTo(Map.of("Cats", 2L));
        assertThat(counted(rollback(run, Optional.empty(), ONE), Counted.RESTORED))
                .isEqualTo(Map.of("Dogs", 2L, "Owners", 2L));
        assertThat(counted(rollback(run, Optional.of("Dogs"), Map.of()), Counted.RESTORED))
                .isEqualTo(Map.of("Dogs", 4L));
        assertThat(counted(rollback(run, Optional.empty(), Map.of()), Counted.RESTORED))
                .isEqualTo(Map.of("Cats", 4L, "Owners", 4L));
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void whatWasRolledBackOfAKindIsNamed() {
        var run = Migration.migrated(world, PLAN);
        rollback(run, Optional.of("Cats"), ONE);
        var report = verify(run, Scope.ALL);
        assertThat(counted(report, Counted.ROLLED_BACK)).isEqualTo(Map.of("Cats", 2L));
        assertThat(counted(report, Counted.MATCHED)).isEqualTo(Map.of("Cats", 4L, "Dogs", 6L, "Owners", 6L));
        assertThat(report.ending().message()).contains("2 records rolled back in part (tenant=1 in Cats)");
    }

    @Test
    void aKindOrATenantIsVerifiedByItself() {
        var run = Migration.migrated(world, PLAN);
        world.load("src-Pets", record("id", "c1", "kind", "cat", "tenant", "1", "y", "theirs"));
        world.load("src-Pets", record("id", "d0", "kind", "dog", "tenant", "0", "y", "theirs"));
        world.load("src-Pets", record("id", "x0", "kind", "fish", "tenant", "0", "y", "theirs"));
        assertThat(counted(verify(run, only(Map.of(), "Cats")), Counted.DRIFTED))
                .isEqualTo(Map.of("Cats", 1L));
        assertThat(counted(verify(run, only(Map.of(), "Dogs")), Counted.DRIFTED))
                .isEqualTo(Map.of("Dogs", 1L));
        assertThat(counted(verify(run, only(ONE)), Counted.DRIFTED)).isEqualTo(Map.of("Cats", 1L));
        var both = verify(run, only(Map.of("tenant", "0"), "Cats", "Dogs"));
        assertThat(counted(both, Counted.DRIFTED)).isEqualTo(Map.of("Dogs", 1L));
        assertThat(counted(both, Counted.MATCHED)).isEqualTo(Map.of("Cats", 2L, "Dogs", 1L));
        assertThat(counted(verify(run, only(Map.of("tenant", "2"))), Counted.MATCHED))
                .isEqualTo(Map.of("Cats", 2L, "Dogs", 2L, "Owners", 2L));
    }

    @Test
    void aLaterRunOfOneKindDoesNotPreventTheRollbackOfTheOther() {
        var run = Migration.migrated(world, PLAN);
        world.load("src-Pets", record("id", "c1", "kind", "cat", "tenant", "1"));
        var later = Migration.next(world, PLAN);
        assertThat(later.migrate().failures()).isZero();
        later.report(RunOutcome.MIGRATED);
        assertThat(counted(rollback(run, Optional.of("Dogs"), Map.of()), Counted.RESTORED))
                .isEqualTo(Map.of("Dogs", 6L));
        assertThat(counted(rollback(run, Optional.of("Cats"), Map.of("tenant", "2")), Counted.RESTORED))
                .isEqualTo(Map.of("Cats", 2L));
        var cats = start().undoing(new Undoing(Optional.of("Cats"), false, Drift.KEEP, false));
        assertThat(cats.prepareOn(Action.ROLLBACK, run.run().value(), Optional.of("p")))
                .isInstanceOf(Prepared.Refused.class);
    }

    /** What a copy made of one kind goes, and the other stays. */
    @Test
    void oneKindOfACopyIsRolledBackAndTheOtherIsVerified() {
        var plan = Plans.of(
                        "Cats: { from: Pets, match: { kind: cat } }",
                        "Dogs: { from: Pets, match: { kind: dog } }",
                        "Owners: {}")
                .replace("tables:\n", "unmatched: leave\ntables:\n");
        var run = Migration.migrated(world, plan);
        var undoing = new Undoing(Optional.of("Cats"), false, Drift.KEEP, false);
        var undo = start().undoing(undoing);
        new Migration(world, plan, undo, undo.ready(Action.ROLLBACK, run.run(), plan)).rollback();
        assertThat(world.items("dst-Pets"))
                .hasSize(OF_EACH)
                .allMatch(item -> item.get("kind").s().equals("dog"));
        var options = RunOptions.within(only(Map.of("tenant", "1"), "Dogs"));
        var start = start().asking(options);
        var verification = new Migration(world, plan, start, start.ready(Action.VERIFY, run.run(), plan));
        verification.verify(1);
        var report = verification.report(RunOutcome.VERIFIED);
        assertThat(counted(report, Counted.MATCHED)).isEqualTo(Map.of("Dogs", 2L));
        assertThat(report.ending().error()).isEmpty();
    }
}
