package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.Limits;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.ControlObject;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.Stored;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.ExecutionState;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a rollback makes of the limits that its run has, whether it was asked for or follows from a failure. */
final class RollbackLimitTest {
    private static final Limits BOTH = new Limits(Optional.of(900), Optional.of(500));
    private static final Limits READS = new Limits(Optional.of(900), Optional.empty());

    private final World world = new World();
    private Migration migration;

    @BeforeEach
    void migrated() {
        world.create("A", KeyType.S);
        world.fill("src-A", 3);
        migration = Migration.begun(world, Plans.ONE);
        assertThat(migration.migrate().failures()).isZero();
        change(control -> control.within(BOTH));
    }

    @Test
    void aRollbackLiftsTheLimitOfWritesAndRecordsIt() {
        migration.rollback();
        assertThat(migration.control().limits()).isEqualTo(READS);
        assertThat(changesOfLimits()).singleElement().satisfies(change -> {
            assertThat(change.readUnitsPerSecond()).contains(900);
            assertThat(change.writeUnitsPerSecond()).isEmpty();
        });
    }

    @Test
    void aRollbackThatIsToKeepTheLimitKeepsIt() {
        change(control -> control.undoing(Undoing.ALL.keepingLimit(true)));
        migration.rollback();
        assertThat(migration.control().limits()).isEqualTo(BOTH);
        assertThat(changesOfLimits()).isEmpty();
    }

    @Test
    void aLimitThatIsSetDuringTheRollbackHoldsAlsoWhenItIsResumed() {
        migration.fence();
        change(control -> control.within(BOTH));
        migration.fence();
        assertThat(migration.control().limits()).isEqualTo(BOTH);
        resume("again").fence();
        assertThat(migration.control().undoing().keepLimit()).isTrue();
        assertThat(migration.control().limits()).isEqualTo(BOTH);
    }

    @Test
    void aLimitThatIsSetDuringARollbackThatHadNoneHoldsAlsoWhenItIsResumed() {
        change(control -> control.within(Limits.NONE));
        migration.fence();
        assertThat(changesOfLimits()).isEmpty();
        change(control -> control.within(BOTH));
        resume("again").fence();
        assertThat(migration.control().limits()).isEqualTo(BOTH);
    }

    @Test
    void aResumedRollbackLiftsTheLimitIfItsFirstAttemptDiedBefore() {
        world.faults().before("replace", "control.json", 1, 1, Faults.crash());
        assertThatExceptionOfType(Faults.Crash.class).isThrownBy(migration::fence);
        assertThat(migration.control().limits()).isEqualTo(BOTH);
        assertThat(changesOfLimits()).isEmpty();

        resume("again").fence();
        assertThat(migration.control().limits()).isEqualTo(READS);
        assertThat(changesOfLimits()).hasSize(1);
    }

    @Test
    void aLimitOfReadsThatIsSetWhileTheOtherIsLiftedStays() {
        var fewer = new Limits(Optional.of(100), Optional.of(500));
        world.faults().before("replace", "control.json", 1, 1, () -> change(control -> control.within(fewer)));
        migration.fence();
        assertThat(migration.control().limits()).isEqualTo(new Limits(Optional.of(100), Optional.empty()));
        assertThat(changesOfLimits())
                .singleElement()
                .satisfies(change -> assertThat(change.readUnitsPerSecond()).contains(100));
    }

    @Test
    void aLimitThatSomebodyElseLiftsMeanwhileIsNotRecordedAgain() {
        world.faults().before("replace", "control.json", 1, 1, () -> change(control -> control.within(READS)));
        migration.fence();
        assertThat(migration.control().limits()).isEqualTo(READS);
        assertThat(changesOfLimits()).isEmpty();
    }

    private Migration resume(String name) {
        world.executions().stands(migration.control().execution(), new ExecutionState.Ended("ABORTED"));
        var start = new Start(world, name);
        return new Migration(world, Plans.ONE, start, start.ready(Action.RESUME, migration.run(), Plans.ONE));
    }

    private void change(UnaryOperator<Control> change) {
        var _ = new ControlObject(world.documents(world.invocation()), migration.folder())
                .change(control -> Optional.of(change.apply(control)));
    }

    private List<Decision.LimitsChanged> changesOfLimits() {
        return Stored.entries(world.documents(world.invocation()), migration.run()).stream()
                .map(entry -> entry.decision())
                .filter(Decision.LimitsChanged.class::isInstance)
                .map(Decision.LimitsChanged.class::cast)
                .toList();
    }
}
