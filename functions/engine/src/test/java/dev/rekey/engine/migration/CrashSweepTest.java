package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.prepare.Prepared;
import dev.rekey.engine.report.Ending;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.table.KeyType;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The process dies after each request in turn, which is before the next; the run is resumed and comes to the same end. */
final class CrashSweepTest {
    private static final String PLAN =
            Plans.of("A: {}", "B: { identity: { rule: keep }, references: { a: A }, onConflict: overwrite }");

    private static World world() {
        var world = new World();
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        for (int i = 0; i < 3; i++) {
            world.load("src-A", record("id", "a" + i, "v", "value " + i));
            world.load("src-B", record("id", "b" + i, "a", "a" + i));
        }
        world.load("dst-B", record("id", "b2", "v", "theirs"));
        return world;
    }

    /** Everything from the preparation to the report, as the workflow does it. */
    private static RunId migrate(World world, Start start) {
        var ready = start.ready(Action.MIGRATE, PLAN);
        var migration = new Migration(world, PLAN, start, ready);
        world.pageLimit(2);
        migration.validate();
        migration.begin();
        assertThat(migration.migrate().failures()).isZero();
        migration.report(Ending.MIGRATED);
        return migration.run();
    }

    private static void goOn(World world, Start start, RunId run) {
        switch (start.prepare(Action.RESUME, run.value(), PLAN, Optional.empty())) {
            case Prepared.Refused refused -> assertThat(refused.cause()).contains("has ended");
            case Prepared.Ready ready -> goOn(world, new Migration(world, PLAN, start, ready), ready);
        }
    }

    private static void goOn(World world, Migration migration, Prepared.Ready ready) {
        switch (ready.next()) {
            case ANALYZE -> {
                migration.validate();
                migration.begin();
                migrateAndReport(world, migration);
            }
            case MIGRATE -> migrateAndReport(world, migration);
            case UNDO -> migration.rollback();
            case TEST, VERIFY, STOP -> throw new AssertionError("not to be resumed with " + ready.next());
        }
    }

    private static void migrateAndReport(World world, Migration migration) {
        world.pageLimit(3);
        assertThat(migration.migrate().failures()).isZero();
        migration.report(Ending.MIGRATED);
    }

    private static void undo(World world, RunId run) {
        var start = new Start(world, "undo");
        var undo = new Migration(world, PLAN, start, start.ready(Action.ROLLBACK, run, PLAN));
        assertThat(undo.rollback().drift()).isEmpty();
        assertThat(undo.control().phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void everyRequestOfAMigration() {
        var plain = world();
        var untouched = plain.dump();
        migrate(plain, new Start(plain, "first"));
        var migrated = plain.dump();
        for (int number = 0; ; number++) {
            var world = world();
            var start = new Start(world, "first");
            world.faults().crashAfter(number);
            boolean crashed = crashes(() -> migrate(world, start));
            world.faults().crashNoMore();
            if (!crashed) {
                assertThat(number).isGreaterThan(100);
                return;
            }
            if (!isPrepared(world, start)) {
                start.ready(Action.MIGRATE, PLAN);
            }
            world.waitForLeases();
            goOn(world, new Start(world, "again"), start.task());
            assertThat(world.dump()).as("migrated, died at request %d", number).isEqualTo(migrated);
            undo(world, start.task());
            assertThat(world.dump()).as("undone, died at request %d", number).isEqualTo(untouched);
        }
    }

    @Test
    void everySecondRequestOfAMigrationThatIsThenRolledBack() {
        var untouched = world().dump();
        for (int number = 0; ; number += 2) {
            var world = world();
            var start = new Start(world, "first");
            world.faults().crashAfter(number);
            boolean crashed = crashes(() -> migrate(world, start));
            world.faults().crashNoMore();
            if (!crashed) {
                return;
            }
            if (!isPrepared(world, start)) {
                start.ready(Action.MIGRATE, PLAN);
            }
            undo(world, start.task());
            assertThat(world.dump()).as("undone, died at request %d", number).isEqualTo(untouched);
            world.time().sleep(Duration.ofSeconds(1));
            migrate(world, new Start(world, "next"));
        }
    }

    @Test
    void everyRequestOfARollback() {
        for (int number = 0; ; number++) {
            var world = world();
            var untouched = world.dump();
            var run = migrate(world, new Start(world, "first"));
            world.faults().crashAfter(number);
            boolean crashed = crashes(() -> {
                undo(world, run);
                return run;
            });
            world.faults().crashNoMore();
            if (!crashed) {
                assertThat(number).isGreaterThan(30);
                return;
            }
            var start = new Start(world, "again");
            var prepared = start.prepare(Action.ROLLBACK, run.value(), PLAN, Optional.of("p"));
            if (prepared instanceof Prepared.Ready ready) {
                new Migration(world, PLAN, start, ready).rollback();
            }
            assertThat(world.dump()).as("undone, died at request %d", number).isEqualTo(untouched);
        }
    }

    private static boolean crashes(java.util.function.Supplier<RunId> work) {
        try {
            var _ = work.get();
            return false;
        } catch (Faults.Crash crash) {
            return true;
        }
    }

    /** The workflow tries a preparation again that did not answer. */
    private static boolean isPrepared(World world, Start start) {
        return world.objects().contents().keySet().stream()
                .anyMatch(key -> key.contains(start.task() + "/checkpoints/"));
    }
}
