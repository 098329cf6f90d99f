package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.FrozenGone;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.verify.ListedGone;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Copies whose source records are gone stay on purpose: who says so once is told of them no more. */
final class KeepGoneTest {
    private static final RunOptions KEEPING = RunOptions.NOTHING.keepingGone(true);

    private final World world = new World();
    private int starts;
    private Map<String, AttributeValue> copy;
    private Map<Counted, Long> remaining = Map.of();
    private final List<Migration> runs = new ArrayList<>();

    @BeforeEach
    void oneIsGoneAndListed() {
        world.create("A", KeyType.S);
        world.fill("src-A", 5);
        copy = run(RunOptions.NOTHING).mapped("A", source());
        world.delete("src-A", source());
        assertThat(remaining(RunOptions.NOTHING)).isEqualTo(Map.of(Counted.GONE, 1L));
    }

    private static Map<String, AttributeValue> source() {
        return record("id", "r3", "v", "value 3");
    }

    private Start start(RunOptions options) {
        world.time().sleep(Duration.ofSeconds(1));
        return new Start(world, "run-" + starts++).asking(options);
    }

    private Migration run(RunOptions options) {
        var start = start(options);
        var run = new Migration(world, Plans.ONE, start, start.ready(Action.MIGRATE, Plans.ONE));
        run.validate();
        run.begin();
        assertThat(run.migrate().failures()).isZero();
        remaining = run.report(RunOutcome.MIGRATED).verified().remaining();
        runs.add(run);
        return run;
    }

    /** What a run leaves for others to see to. */
    private Map<Counted, Long> remaining(RunOptions options) {
        run(options);
        return remaining;
    }

    @Test
    void theRunAndAllLaterOnesAreClean() {
        assertThat(remaining(KEEPING)).isEmpty();
        assertThat(remaining(RunOptions.NOTHING)).isEmpty();
        assertThat(world.items("dst-A")).hasSize(5).contains(copy);
    }

    @Test
    void anotherRecordThatGoesIsListed() {
        remaining(KEEPING);
        world.delete("src-A", record("id", "r1", "v", "value 1"));
        assertThat(remaining(RunOptions.NOTHING)).isEqualTo(Map.of(Counted.GONE, 1L));
    }

    @Test
    void whatOthersHaveChangedOfItIsKeptToo() {
        world.change("dst-A", copy, "v", "theirs");
        assertThat(remaining(RunOptions.NOTHING)).isEqualTo(Map.of(Counted.DRIFTED, 1L));
        assertThat(remaining(KEEPING)).isEmpty();
        assertThat(remaining(RunOptions.NOTHING)).isEmpty();
    }

    /** Somebody who changes a record that is not gone has not decided anything about its end. */
    @Test
    void aChangedCopyOfARecordThatIsThereIsNotKeptBeforehand() {
        var other = record("id", "r1", "v", "value 1");
        var theirs = run(RunOptions.NOTHING).mapped("A", other);
        var listing = start(RunOptions.NOTHING);
        var run = new Migration(world, Plans.ONE, listing, listing.ready(Action.MIGRATE, Plans.ONE));
        run.validate();
        run.begin();
        run.copy(1);
        world.change("dst-A", theirs, "v", "theirs");
        run.verify(1);
        assertThat(run.report(RunOutcome.MIGRATED).verified().remaining()).containsKey(Counted.DRIFTED);
        world.change(
                "dst-A",
                record("id", theirs.get("id").s(), "v", "theirs"),
                "v",
                theirs.get("v").s());
        remaining(KEEPING);
        world.delete("src-A", other);
        assertThat(remaining(RunOptions.NOTHING)).isEqualTo(Map.of(Counted.GONE, 1L));
    }

    @Test
    void aRecordThatComesBackAndGoesAgainIsListedAgain() {
        remaining(KEEPING);
        world.load("src-A", record("id", "r3", "v", "another"));
        run(RunOptions.NOTHING);
        world.delete("src-A", record("id", "r3", "v", "another"));
        assertThat(remaining(RunOptions.NOTHING)).containsKey(Counted.GONE);
    }

    @Test
    void theDecisionGoesWithItsRun() {
        var keeping = run(KEEPING);
        var undone = start(RunOptions.NOTHING);
        new Migration(world, Plans.ONE, undone, undone.ready(Action.ROLLBACK, keeping.run(), Plans.ONE)).rollback();
        assertThat(remaining(RunOptions.NOTHING)).isEqualTo(Map.of(Counted.GONE, 1L));
    }

    /** Whoever verifies an older run is told of it no more, either: the first wrote the copy, the second listed it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void norDoesAVerificationOfAnOlderRunListIt(boolean changed) {
        if (changed) {
            world.change("dst-A", copy, "v", "theirs");
            remaining(RunOptions.NOTHING);
        }
        var kept = run(KEEPING);
        var verifications = new Reverification(world);
        for (var older : runs) {
            var report = verifications.of(older, Plans.ONE).verified();
            assertThat(report.remaining()).isEmpty();
        }
        var undone = start(RunOptions.NOTHING);
        new Migration(world, Plans.ONE, undone, undone.ready(Action.ROLLBACK, kept.run(), Plans.ONE)).rollback();
        var named = changed ? Counted.DRIFTED : Counted.GONE;
        assertThat(verifications.of(runs.getFirst(), Plans.ONE).verified().remaining())
                .isEqualTo(Map.of(named, 1L));
        assertThat(verifications.of(runs.get(1), Plans.ONE).verified().remaining())
                .isEqualTo(Map.of(named, 1L));
    }

    /** It was to be deleted, and others had changed it. */
    @Test
    void norDoesOneOfARunThatWasToDeleteIt() {
        var deleting = start(RunOptions.NOTHING.deletingGone(true));
        var run = new Migration(world, Plans.ONE, deleting, deleting.ready(Action.MIGRATE, Plans.ONE));
        run.validate();
        run.begin();
        run.copy(1);
        run.verify(1);
        world.change("dst-A", copy, "v", "theirs");
        run.copy(2);
        run.verify(2);
        assertThat(run.report(RunOutcome.MIGRATED).verified().remaining()).isEqualTo(Map.of(Counted.DRIFTED, 1L));
        assertThat(remaining(KEEPING)).isEmpty();
        assertThat(new Reverification(world).of(run, Plans.ONE).verified().remaining())
                .isEmpty();
    }

    /** What others wrote where no run did is theirs, and nobody decides about it. */
    @Test
    void onlyWhatARunWroteIsKept() {
        world.items("dst-A").forEach(item -> world.delete("dst-A", item));
        var start = start(RunOptions.NOTHING);
        var run = new Migration(world, Plans.ONE, start, start.ready(Action.MIGRATE, Plans.ONE));
        run.validate();
        run.begin();
        world.load("dst-A", record("id", "stranger", "v", "theirs"));
        assertThat(run.migrate().failures()).isZero();
        assertThat(run.report(RunOutcome.MIGRATED).verified().remaining()).isEqualTo(Map.of(Counted.DRIFTED, 1L));
        assertThat(listed((_, _) -> true)).isEmpty();
    }

    @Test
    void whatIsToBeKeptIsCountedAsItIsKept() {
        world.change("dst-A", copy, "v", "theirs");
        remaining(RunOptions.NOTHING);
        var keys = Set.of(new Key(Map.of("id", copy.get("id"))));
        assertThat(listed((_, _) -> true)).isEqualTo(Map.of(new TableName("A"), keys));
        assertThat(listed((_, _) -> false)).isEmpty();
        assertThat(run(KEEPING)).satisfies(run -> assertThat(kept(run)).hasSize(1));
    }

    private List<FrozenGone.Gone> kept(Migration run) {
        return world.documents(world.invocation()).lines(run.folder().keptGone(), FrozenGone.Gone.class);
    }

    private Map<TableName, Set<Key>> listed(BiPredicate<TableName, TableShape> isTarget) {
        var documents = world.documents(world.invocation());
        var now = RunId.of(world.time().instant().plusSeconds(1), "question");
        return ListedGone.of(documents, EarlierRuns.of(documents, new PlanName("p"), now))
                .keysToKeep(10, isTarget);
    }

    /** A rehearsal in other tables has listed it: about these nobody has asked. */
    @Test
    void whatWasListedInOtherTablesIsNotKept() {
        world.memory().createTable(World.shape("other-A", KeyType.S));
        var other = Plans.ONE.replace("dst-{table}", "other-{table}");
        world.items("dst-A").forEach(item -> world.load("other-A", item));
        var start = start(KEEPING);
        var run = new Migration(world, other, start, start.ready(Action.MIGRATE, other));
        run.validate();
        run.begin();
        assertThat(run.migrate().failures()).isZero();
        run.report(RunOutcome.MIGRATED);
        assertThat(kept(run)).isEmpty();
    }

    @Test
    void aPartAndBothAtOnceAreRefused() {
        var part = RunOptions.within(new Scope(List.of(new TableName("A")), Map.of()))
                .keepingGone(true);
        assertThat(start(part).prepare(Action.MIGRATE, Plans.ONE, Optional.of("p")))
                .isInstanceOfSatisfying(
                        Prepared.Refused.class,
                        refused -> assertThat(refused.cause()).contains("whole plan", "Omit --keep-gone"));
        assertThat(start(KEEPING.deletingGone(true)).prepare(Action.MIGRATE, Plans.ONE, Optional.of("p")))
                .isInstanceOfSatisfying(
                        Prepared.Refused.class,
                        refused -> assertThat(refused.cause()).contains("Omit --delete-gone or --keep-gone"));
    }
}
