package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A run that is not asked to deletes nothing that is gone, and lists it: also what went between an earlier run of the plan and this one. */
final class GoneBetweenRunsTest {
    private final World world = new World();

    private void five() {
        world.create("A", KeyType.S);
        world.fill("src-A", 5);
    }

    private static Map<String, AttributeValue> source(int i) {
        return record("id", "r" + i, "v", "value " + i);
    }

    private RunReport migrated(String plan) {
        return Migration.migrated(world, plan).report(RunOutcome.MIGRATED);
    }

    private RunReport migrated(String plan, Scope scope) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "first").asking(RunOptions.within(scope));
        var run = new Migration(world, plan, start, start.ready(Action.MIGRATE, plan));
        run.validate();
        run.begin();
        assertThat(run.migrate().failures()).isZero();
        return run.report(RunOutcome.MIGRATED);
    }

    private static Scope value(int i) {
        return new Scope(List.of(), Map.of("v", "value " + i));
    }

    private static void assertGone(RunReport report, String... targets) {
        if (targets.length == 0) {
            assertThat(report.verified().remaining()).doesNotContainKey(Counted.GONE);
            return;
        }
        assertThat(report.verified().remaining()).containsEntry(Counted.GONE, (long) targets.length);
        assertThat(report.verified().differences())
                .filteredOn(one -> one.verdict() == Verdict.GONE)
                .extracting(Difference::record)
                .containsExactlyInAnyOrder(targets);
    }

    private static String key(Map<String, AttributeValue> record) {
        return "{\"id\":{\"S\":\"" + record.get("id").s() + "\"}}";
    }

    @Test
    void aRecordThatWasDeletedBetweenTwoRunsIsListed() {
        five();
        var first = Migration.migrated(world, Plans.ONE);
        var copy = first.mapped("A", source(3));
        world.delete("src-A", source(3));
        assertGone(migrated(Plans.ONE), key(copy));
        assertThat(world.items("dst-A")).hasSize(5);
        // The third run compares with what the first wrote.
        assertGone(migrated(Plans.ONE), key(copy));
    }

    /** It has a copy as a record of each kind by then. */
    @Test
    void theCopyOfARecordThatIsOfAnotherKindByNowIsListed() {
        world.create("P", KeyType.S);
        world.load("src-P", record("id", "p1", "kind", "1"));
        world.load("src-P", record("id", "p2", "kind", "1"));
        world.load("src-P", record("id", "p3", "kind", "2"));
        var plan = Plans.of("One: { from: P, match: { kind: \"1\" } }", "Two: { from: P, match: { kind: \"2\" } }");
        var copy = Migration.migrated(world, plan).mapped("One", record("id", "p1", "kind", "1"));
        world.load("src-P", record("id", "p1", "kind", "2"));
        assertGone(migrated(plan), key(copy));
        assertThat(world.items("dst-P")).hasSize(4);
    }

    /** Nobody has decided yet what becomes of it: each run names it until somebody has. */
    @Test
    void whatOthersHaveChangedSinceIsNamedByEachRun() {
        five();
        var first = Migration.migrated(world, Plans.ONE);
        var copy = first.mapped("A", source(3));
        world.delete("src-A", source(3));
        world.change("dst-A", copy, "v", "theirs");
        assertDrifted(migrated(Plans.ONE), key(copy));
        assertDrifted(migrated(Plans.ONE), key(copy));
        world.delete("dst-A", record("id", copy.get("id").s(), "v", "theirs"));
        assertThat(migrated(Plans.ONE).verified().remaining()).isEmpty();
    }

    private static void assertDrifted(RunReport report, String target) {
        assertThat(report.verified().remaining()).isEqualTo(Map.of(Counted.DRIFTED, 1L));
        assertThat(report.verified().differences())
                .filteredOn(one -> one.verdict() == Verdict.DRIFTED)
                .extracting(Difference::record)
                .containsExactly(target);
    }

    /** What stands there by now was made by others, from the beginning. */
    @Test
    void whatOthersPutWhereAPartWasRolledBackIsTheirs() {
        five();
        world.create("B", KeyType.S);
        var plan = Plans.of("A: { identity: { rule: keep } }", "B: {}");
        var first = Migration.migrated(world, plan);
        rolledBackA(first, plan);
        world.load("dst-A", record("id", "r3", "v", "theirs"));
        world.delete("src-A", source(3));
        assertThat(migrated(plan.replace("abort", "overwrite")).verified().remaining())
                .isEmpty();
    }

    private void rolledBackA(Migration run, String plan) {
        var undoing = new dev.rekey.engine.run.Undoing(Optional.of("A"), false, dev.rekey.engine.run.Drift.KEEP, false);
        var start = new Start(world, "undo").undoing(undoing);
        new Migration(world, plan, start, start.ready(Action.ROLLBACK, run.run(), plan)).rollback();
    }

    /** Of what several runs wrote under a key, only what the newest wrote can be ours. */
    @Test
    void whatANewerRunReplacedIsOurs() {
        five();
        var first = Migration.migrated(world, Plans.ONE);
        world.change("src-A", source(3), "v", "another");
        Migration.migrated(world, Plans.ONE);
        var before = first.mapped("A", source(3));
        world.delete("src-A", record("id", "r3", "v", "another"));
        assertGone(migrated(Plans.ONE), key(before));
        world.load("dst-A", before);
        assertGone(migrated(Plans.ONE));
    }

    @Test
    void whatWasThereBeforeAllRunsIsNotGone() {
        five();
        world.load("dst-A", record("id", "stranger"));
        Migration.migrated(world, Plans.ONE);
        assertGone(migrated(Plans.ONE));
    }

    /** Each tenant is a run of its own: the copies of the others are not gone. */
    @Test
    void whatTheScopeOfARunLeavesOutIsNotGone() {
        five();
        migrated(Plans.ONE, value(1));
        var copy = Migration.migrated(world, Plans.ONE).mapped("A", source(1));
        world.delete("src-A", source(1));
        world.delete("src-A", source(2));
        world.load("src-A", record("id", "r9", "v", "value 1"));
        assertGone(migrated(Plans.ONE, value(1)), key(copy));
        assertGone(migrated(Plans.ONE, value(3)));
    }

    /** The plan may name another tenant in each run. */
    @Test
    void whatThePlanLeavesOutByNowIsNotGone() {
        five();
        Migration.migrated(world, Plans.ONE);
        assertGone(migrated(Plans.of("A: { where: { v: \"value 1\" } }")));
    }

    @Test
    void aRecordThatComesBackWhileTheRunWorksIsNotGone() {
        five();
        Migration.migrated(world, Plans.ONE);
        world.delete("src-A", source(3));
        var second = Migration.next(world, Plans.ONE);
        second.copy(1);
        world.load("src-A", source(3));
        var result = second.verify(1);
        assertThat(result.failures()).isZero();
        var report = second.report(RunOutcome.MIGRATED);
        assertGone(report);
        assertThat(report.verified().remaining()).containsEntry(Counted.LATE, 1L);
    }

    @Test
    void whatExpiresIsNotGone() {
        world.memory().createTable(World.shape("src-A", KeyType.S).expiringBy(Optional.of("until")));
        world.memory().createTable(World.shape("dst-A", KeyType.S).expiringBy(Optional.of("until")));
        var until = world.time().instant().plusSeconds(60).getEpochSecond();
        var record = new java.util.HashMap<>(record("id", "a"));
        record.put("until", AttributeValue.fromN(String.valueOf(until)));
        world.load("src-A", record);
        Migration.migrated(world, Plans.ONE);
        world.delete("src-A", record);
        world.load("src-A", record("id", "b"));
        world.time().sleep(Duration.ofMinutes(2));
        assertGone(migrated(Plans.ONE));
    }

    /** Of a tenant that has no members in this run; a rollback asks who refers to it. */
    @Test
    void whatAnEarlierRunCreatedForReferencesIsNotGone() {
        world.create("Clubs", KeyType.S);
        world.create("Members", KeyType.S);
        world.load("src-Members", record("id", "m1", "tenant", "t1"));
        world.load("src-Members", record("id", "m2", "tenant", "t2"));
        var plan = Plans.of(
                "Clubs: {}",
                "Members: { references: { club: { family: Clubs, onAbsent: { create: { name: D }, per: tenant } } } }");
        Migration.migrated(world, plan);
        assertThat(world.items("dst-Clubs")).hasSize(2);
        assertGone(migrated(plan, new Scope(List.of(), Map.of("tenant", "t2"))));
        world.delete("src-Members", record("id", "m1", "tenant", "t1"));
        var report = migrated(plan);
        assertThat(report.verified().remaining()).containsEntry(Counted.GONE, 1L);
    }

    @Test
    void whatWasRolledBackIsNotGone() {
        five();
        world.create("B", KeyType.S);
        var plan = Plans.of("A: { identity: { rule: keep } }", "B: {}");
        var first = Migration.migrated(world, plan);
        rolledBackA(first, plan);
        // The application writes itself what the run had written.
        world.load("dst-A", source(3));
        world.delete("src-A", source(3));
        assertGone(migrated(plan.replace("abort", "overwrite")));
    }
}
