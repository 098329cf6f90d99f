package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.store.ExecutionState;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Starts that meet: another whole preparation happens in the middle of one. */
final class OneAtATimeTest {
    private static final Optional<String> YES = Optional.of("p");
    private static final String AB = Plans.of("A: {}", "B: {}");
    private static final String BC = Plans.of("C: {}", "B: {}");
    private final World world = new World();

    OneAtATimeTest() {
        List.of("A", "B", "C").forEach(name -> world.create(name, KeyType.S));
        world.fill("src-A", 3);
    }

    /** Every request that concerns a lock, of two tables each. */
    static Stream<Arguments> requests() {
        return Stream.of("get", "create")
                .flatMap(name -> Stream.of(0, 1)
                        .flatMap(number -> Stream.of(AB, BC).map(other -> Arguments.of(name, number, other))));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void ofTwoStartsThatMeetAtALockExactlyOneRuns(String request, int number, String other) {
        var outcomes = new ArrayList<Prepared>();
        world.faults()
                .before(
                        request,
                        "locks/",
                        number,
                        1,
                        () -> outcomes.add(new Start(world, "second").prepare(Action.MIGRATE, other, YES)));
        outcomes.add(new Start(world, "first").prepare(Action.MIGRATE, AB, YES));
        assertThat(world.faults().left()).isZero();
        assertThat(outcomes).hasSize(2);
        assertThat(outcomes).filteredOn(Prepared.Ready.class::isInstance).hasSize(1);
        var refused =
                outcomes.stream().filter(Prepared.Refused.class::isInstance).findFirst();
        var ready = outcomes.stream().filter(Prepared.Ready.class::isInstance).findFirst();
        assertThat(((Prepared.Refused) refused.orElseThrow()).cause())
                .contains("dst-")
                .contains(((Prepared.Ready) ready.orElseThrow()).run().value());
    }

    @Test
    void theLockOfAnUnfinishedRunIsKeptWhateverBecameOfItsExecution() {
        var first = new Start(world, "first");
        var run = first.ready(Action.MIGRATE, AB).run();
        world.executions().stands(first.execution(), new ExecutionState.Ended("TIMED_OUT"));
        world.time().sleep(Duration.ofDays(30));
        var refused = (Prepared.Refused) new Start(world, "second").prepare(Action.MIGRATE, BC, YES);
        assertThat(refused.cause()).contains("dst-B").contains("rekey resume --run " + run);
    }

    /** Runs are taken back in the reverse order of their ids: that has to be the order in which they wrote. */
    @Test
    void aStartThatALaterRunHasOvertakenIsRefused() {
        var first = new Start(world, "first");
        var second = migratedLater();
        var refused = (Prepared.Refused) first.prepare(Action.MIGRATE, AB, YES);
        assertThat(refused.cause()).contains("run " + second.run() + ", which was started later");
        rolledBack(second);
        assertThat(new Start(world, "third").prepare(Action.MIGRATE, BC, YES)).isInstanceOf(Prepared.Ready.class);
    }

    @Test
    void aRunThatStoppedBeforeItsLocksAndWasOvertakenIsNotResumed() {
        var first = new Start(world, "first");
        world.faults().before("get", "locks/", Faults.crash());
        assertThatThrownBy(() -> first.prepare(Action.MIGRATE, AB, YES)).isInstanceOf(Faults.Crash.class);
        var second = migratedLater();
        world.executions().stands(first.execution(), new ExecutionState.Ended("FAILED"));
        var resume = new Start(world, "resume");
        var refused =
                (Prepared.Refused) resume.prepareOn(Action.RESUME, first.task().value(), Optional.empty());
        assertThat(refused.cause()).contains("run " + second.run() + ", which was started later");
        rolledBack(second);
        // Nobody is in its way any more.
        assertThat(new Start(world, "again")
                        .prepareOn(Action.RESUME, first.task().value(), Optional.empty()))
                .isInstanceOf(Prepared.Ready.class);
    }

    private Migration migratedLater() {
        world.time().sleep(Duration.ofSeconds(1));
        var later = Migration.begun(world, AB);
        later.migrate();
        later.report(RunOutcome.MIGRATED);
        return later;
    }

    private void rolledBack(Migration migration) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "undo");
        new Migration(world, AB, start, start.ready(Action.ROLLBACK, migration.run(), AB)).rollback();
    }

    @Test
    void aRefusedStartGivesBackWhatItTook() {
        new Start(world, "first").ready(Action.MIGRATE, Plans.of("B: {}"));
        world.time().sleep(Duration.ofSeconds(1));
        assertThat(new Start(world, "second").prepare(Action.MIGRATE, AB, YES)).isInstanceOf(Prepared.Refused.class);
        world.time().sleep(Duration.ofSeconds(1));
        assertThat(new Start(world, "third").prepare(Action.MIGRATE, Plans.ONE, YES))
                .isInstanceOf(Prepared.Ready.class);
    }

    /** A preparation whose time was up is tried again while the first attempt still works. */
    @Test
    void twoAttemptsAtOnePreparationAgreeOnWhatTheFirstFroze() {
        var start = new Start(world, "first");
        var outcomes = new ArrayList<Prepared>();
        world.faults().before("create", "manifest.json", () -> {
            world.fill("src-A", 50);
            world.pageLimit(3);
            outcomes.add(start.prepare(Action.MIGRATE, Plans.ONE, YES));
        });
        outcomes.add(start.prepare(Action.MIGRATE, Plans.ONE, YES));
        assertThat(outcomes.getFirst()).isEqualTo(outcomes.getLast());
        var migration = new Migration(world, Plans.ONE, start, (Prepared.Ready) outcomes.getFirst());
        world.pageLimit(0);
        migration.validate();
        migration.begin();
        assertThat(migration.migrate().failures()).isZero();
        assertThat(world.items("dst-A")).hasSize(50);
    }
}
