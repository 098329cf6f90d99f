package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.Limits;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.ControlObject;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.segment.BoundedTables;
import dev.rekey.engine.segment.SegmentOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whole runs on tables that refuse much, and within limits. */
class PacedMigrationTest {
    private static final String LARGE = "x".repeat(20_000);

    private final World world = new World();
    private final BoundedTables tables = new BoundedTables(world.tables(), world.time());

    PacedMigrationTest() {
        world.create("A", KeyType.S);
        world.replaceTables(tables);
    }

    @Test
    void aTableThatRefusesNearlyEverythingFailsNothing() {
        world.fill("src-A", 400);
        var before = world.dump();
        tables.capacity(2);

        var migration = Migration.begun(world, Plans.ONE);

        assertThat(migration.migrate().failures()).isZero();
        assertThat(tables.events()).anyMatch(event -> event.refused() > 0);
        assertThat(world.items("dst-A")).hasSize(400);
        migration.rollback();
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void aRunStaysWithinItsPlansLimits() {
        world.fill("src-A", 300);
        var migration = Migration.begun(world, Plans.ONE + "limits: { writeUnitsPerSecond: 3 }\n");
        var begun = world.time().instant();

        assertThat(migration.migrate().failures()).isZero();

        assertThat(written(begun, world.time().instant())).isEqualTo(300);
        for (int seconds = 10; seconds < 90; seconds += 10) {
            var from = begun.plusSeconds(seconds - 10);
            assertThat(written(from, from.plusSeconds(10))).isLessThanOrEqualTo(3 * 10.5 + 1);
        }
        assertThat(Duration.between(begun, last())).isBetween(Duration.ofSeconds(95), Duration.ofSeconds(140));
    }

    @Test
    void readsThatCostMoreThanAnInvocationsShareAreDoneOneByOne() {
        for (int i = 0; i < 12; i++) {
            world.load("src-A", World.record("id", "r" + i, "v", LARGE + i));
        }
        var migration = Migration.begun(world, Plans.ONE + "limits: { readUnitsPerSecond: 1 }\n");

        assertThat(migration.migrate().failures()).isZero();
        assertThat(world.items("dst-A")).hasSize(12);
        var begun = tables.events().getFirst().at();
        double read = tables.events().stream()
                .filter(event -> !event.write())
                .mapToDouble(BoundedTables.Event::consumed)
                .sum();
        assertThat(read).isGreaterThan(100);
        assertThat(Duration.between(begun, world.time().instant()).toSeconds()).isGreaterThan((long) (read * 0.5));
    }

    @Test
    void aChangedLimitHoldsFromTheNextPageOn() {
        world.fill("src-A", 4_000);
        var migration = Migration.begun(world, Plans.ONE + "limits: { writeUnitsPerSecond: 5 }\n");
        assertThat(migration.copyInvocation("A")).isInstanceOf(SegmentOutcome.More.class);
        limit(migration, 100);
        var changed = world.time().instant();

        assertThat(migration.copyInvocation("A", world.invocation(Duration.ofSeconds(20))))
                .isInstanceOf(SegmentOutcome.More.class);

        assertThat(written(changed.plusSeconds(10), changed.plusSeconds(20))).isBetween(700.0, 1_051.0);
    }

    @Test
    void aPageThatWasCopiedFastIsUndoneInParts() {
        world.fill("src-A", 1_000);
        var before = world.dump();
        var migration = Migration.begun(world, Plans.ONE);
        assertThat(migration.migrate().failures()).isZero();
        limit(migration, 5);
        var _ = new ControlObject(world.documents(world.invocation()), migration.folder())
                .change(control -> Optional.of(control.undoing(Undoing.ALL.keepingLimit(true))));
        var begun = world.time().instant();

        migration.rollback();

        assertThat(world.dump()).isEqualTo(before);
        assertThat(Duration.between(begun, world.time().instant())).isGreaterThan(Duration.ofSeconds(190));
    }

    private void limit(Migration migration, int writes) {
        var documents = world.documents(world.invocation());
        var control = documents.get(migration.folder().control(), Control.class);
        var limits = new Limits(Optional.empty(), Optional.of(writes));
        var _ = documents.replace(migration.folder().control(), control.value().within(limits), control.version());
    }

    private double written(Instant from, Instant to) {
        return tables.events().stream()
                .filter(event -> event.write()
                        && !event.at().isBefore(from)
                        && event.at().isBefore(to))
                .mapToDouble(BoundedTables.Event::consumed)
                .sum();
    }

    private Instant last() {
        return tables.events().stream()
                .filter(BoundedTables.Event::write)
                .map(BoundedTables.Event::at)
                .max(Instant::compareTo)
                .orElseThrow();
    }
}
