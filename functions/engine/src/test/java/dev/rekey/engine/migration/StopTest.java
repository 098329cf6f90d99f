package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.store.ExecutionState;
import dev.rekey.engine.undo.Fence;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run is stopped, and whoever goes on with it knows that nobody else does. */
final class StopTest {
    private final World world = new World();
    private Migration migration;
    private String execution;
    private String before;

    @BeforeEach
    void run() {
        world.create("A", KeyType.S);
        world.fill("src-A", 12);
        before = world.dump();
        migration = Migration.begun(world, Plans.ONE);
        execution = migration.control().execution();
        world.executions().stands(execution, new ExecutionState.Running());
        world.pageLimit(5);
    }

    private Start start(String name) {
        world.time().sleep(Duration.ofSeconds(1));
        return new Start(world, name);
    }

    private Migration on(Action action) {
        var start = start(action.word());
        return new Migration(world, Plans.ONE, start, start.ready(action, migration.run(), Plans.ONE));
    }

    private String refused(Action action) {
        var prepared = start("refused").prepareOn(action, migration.run().value(), Optional.of("p"));
        assertThat(prepared).isInstanceOf(Prepared.Refused.class);
        return ((Prepared.Refused) prepared).cause();
    }

    @Test
    void aRunThatIsWorkedOnIsNeitherResumedNorRolledBack() {
        for (var action : new Action[] {Action.RESUME, Action.ROLLBACK}) {
            assertThat(refused(action)).contains("is working on it").contains("rekey stop --run " + migration.run());
        }
        assertThat(migration.control().epoch()).isEqualTo(migration.epoch());
    }

    @Test
    void stoppingEndsTheExecutionAndKeepsPhaseAndLocks() {
        migration.copyInvocation("A");
        var stop = on(Action.STOP);
        assertThat(stop.await()).isInstanceOf(Fence.FenceOutcome.Waiting.class);
        assertThat(world.executions().stopped()).containsExactly(execution);
        var closed = (Fence.FenceOutcome.Closed) stop.await();
        assertThat(closed.how().executions()).containsEntry(execution, "ABORTED");
        var report = stop.report(RunOutcome.STOPPED);
        assertThat(report.ending().error()).isEmpty();
        assertThat(report.ending().message())
                .contains("first ABORTED")
                .contains("1 lease released")
                .contains(", 0 s).")
                .contains("rekey resume --run " + migration.run());
        assertThat(migration.control().phase()).isEqualTo(Phase.MIGRATING);
        assertThat(start("other").prepare(Action.MIGRATE, Plans.ONE, Optional.of("p")))
                .isInstanceOf(Prepared.Refused.class);
    }

    @Test
    void aWorkerInTheMiddleOfAPageIsWaitedForAndWritesNoOther() {
        world.faults().before("putAll", "dst-A", () -> {
            var stop = on(Action.STOP);
            assertThat(stop.await()).isInstanceOf(Fence.FenceOutcome.Waiting.class);
            assertThat(stop.await()).isInstanceOf(Fence.FenceOutcome.Waiting.class);
        });
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Stopped.class);
        assertThat(world.items("dst-A")).hasSize(5);
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.Stopped.class);
        assertThat(world.items("dst-A")).hasSize(5);
    }

    @Test
    void aStoppedRunIsResumed() {
        migration.copyInvocation("A");
        on(Action.STOP).await();
        var resumed = on(Action.RESUME);
        assertThat(resumed.migrate().failures()).isZero();
        assertThat(resumed.report(RunOutcome.MIGRATED).ending().error()).isEmpty();
        assertThat(world.items("dst-A")).hasSize(12);
    }

    @Test
    void aStoppedRunIsRolledBackAndTheReportSaysHowItWasKnown() {
        world.faults().after("putAll", "dst-A", 1, 1, Faults.crash());
        assertThatThrownBy(() -> migration.copyInvocation("A")).isInstanceOf(Faults.Crash.class);
        on(Action.STOP).await();
        var report = on(Action.ROLLBACK).rollback();
        assertThat(world.dump()).isEqualTo(before);
        assertThat(report.ending().message())
                .contains("1 lease expired")
                .contains("stop ")
                .containsPattern(", 8\\d? s\\)\\.");
    }

    @Test
    void theEndOfAnExecutionThatDoesNotEndIsNotWaitedForForEver() {
        world.executions().disobey();
        var stop = on(Action.STOP);
        var begun = world.time().instant();
        while (stop.await() instanceof Fence.FenceOutcome.Waiting waiting) {
            world.time().sleep(waiting.longest());
        }
        assertThat(Duration.between(begun, world.time().instant()))
                .isBetween(Duration.ofSeconds(90), Duration.ofMinutes(2));
        assertThat(stop.report(RunOutcome.STOPPED).ending().message()).contains("still running, without a lease");
    }

    @Test
    void theChildrenOfAStoppedExecutionAreWaitedFor() {
        world.executions().stop(execution, "by hand");
        world.executions().mapRunsStand(execution, new ExecutionState.Running());
        var stop = on(Action.STOP);
        assertThat(stop.await()).isInstanceOf(Fence.FenceOutcome.Waiting.class);
        world.executions().mapRunsStand(execution, new ExecutionState.Ended("all ended"));
        assertThat(stop.await()).isInstanceOf(Fence.FenceOutcome.Closed.class);
    }

    @Test
    void aStopIsSupersededLikeEverythingElse() {
        var stop = on(Action.STOP);
        world.executions().stop(execution, "by hand");
        on(Action.RESUME);
        assertThat(stop.await()).isInstanceOf(Fence.FenceOutcome.Superseded.class);
    }

    @Test
    void aRunThatHasEndedIsNotStopped() {
        migration.migrate();
        migration.report(RunOutcome.MIGRATED);
        assertThat(refused(Action.STOP)).contains("has ended and is migrated");
    }
}
