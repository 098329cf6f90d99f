package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Copies whose source records are gone stay on purpose: who says so once is told of them no more. */
final class KeepGoneTest {
    private static final RunOptions KEEPING = RunOptions.NOTHING.keepingGone(true);

    private final World world = new World();
    private int starts;
    private Map<String, AttributeValue> copy;
    private Map<Counted, Long> remaining = Map.of();

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

    @Test
    void aPartAndBothAtOnceAreRefused() {
        var part = new RunOptions(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        new Scope(List.of(new TableName("A")), Map.of()))
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
