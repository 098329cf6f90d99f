package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

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
        world.executions().stands(migration.control().execution(), new ExecutionState.Ended("ABORTED"));
        var _ = new Start(world, "again").ready(Action.RESUME, migration.run(), Plans.ONE);
        assertThat(migration.control().undoing().keepLimit()).isTrue();
        assertThat(migration.control().limits()).isEqualTo(BOTH);
    }

    private void change(UnaryOperator<Control> change) {
        var _ = new ControlObject(world.documents(world.invocation()), migration.folder())
                .change(control -> Optional.of(change.apply(control)));
    }

    private List<Decision.LimitsChanged> changesOfLimits() {
        return Stored.all(world.documents(world.invocation()), migration.run()).stream()
                .flatMap(stored -> stored.entry().stream())
                .map(entry -> entry.decision())
                .filter(Decision.LimitsChanged.class::isInstance)
                .map(Decision.LimitsChanged.class::cast)
                .toList();
    }
}
