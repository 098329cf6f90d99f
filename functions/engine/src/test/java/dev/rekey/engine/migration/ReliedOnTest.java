package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.workflow.Prepared;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run is not rolled back alone while records of a later one refer to what this would delete. */
final class ReliedOnTest {
    private static final String MIXED = """
        plan: p
        source: { tables: "src-{table}" }
        target: { tables: "dst-{table}" }
        tables:
          A: { identity: { rule: derive, namespace: n } }
          B: { mode: inPlace, checks: { accept: [a] }, references: { a: { family: A, as: b } } }
        """;

    private final World world = new World();
    private int starts;

    ReliedOnTest() {
        world.create("A", KeyType.S);
        world.create("B", KeyType.S);
        world.load("src-A", record("id", "a1"));
    }

    private Prepared prepared(Migration run, Optional<String> table) {
        world.time().sleep(Duration.ofSeconds(1));
        var undoing = new Undoing(table, false, Drift.KEEP, false);
        return new Start(world, "undo-" + starts++)
                .undoing(undoing)
                .prepareOn(Action.ROLLBACK, run.run().value(), Optional.of("p"));
    }

    private void refused(Migration run, Migration because, Optional<String> table) {
        var prepared = prepared(run, table);
        assertThat(prepared).isInstanceOf(Prepared.Refused.class);
        assertThat(((Prepared.Refused) prepared).cause())
                .contains(
                        "records of run " + because.run() + ", which is newer, refer to records that this would delete",
                        "rekey rollback --run " + run.run() + " --with-later");
    }

    private void ready(Migration run, Optional<String> table) {
        assertThat(prepared(run, table)).isInstanceOf(Prepared.Ready.class);
    }

    private void rolledBack(Migration run, String plan) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "undo-" + starts++);
        new Migration(world, plan, start, start.ready(Action.ROLLBACK, run.run(), plan)).rollback();
    }

    /** A late child came with the second run; its parent came with the first. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "B: { checks: { accept: [a] }, references: { a: A } }",
                "B: { identity: { rule: keep }, checks: { accept: [a] }, references: { a: A } }"
            })
    void aChildOfALaterRunKeepsItsParentsRun(String table) {
        var plan = Plans.of("A: {}", table);
        var first = Migration.migrated(world, plan);
        world.load("src-B", record("id", "b2", "a", "a1"));
        var second = Migration.migrated(world, plan);
        refused(first, second, Optional.empty());
        rolledBack(second, plan);
        ready(first, Optional.empty());
    }

    @Test
    void aChildOfItsOwnTableKeepsTheRunToo() {
        var plan = Plans.of("A: { checks: { accept: [parent] }, references: { parent: A } }", "B: {}");
        var first = Migration.migrated(world, plan);
        world.load("src-A", record("id", "a2", "parent", "a1"));
        var second = Migration.migrated(world, plan);
        refused(first, second, Optional.empty());
        ready(first, Optional.of("B"));
    }

    /** Records in place hold the new id that the later run gave them. */
    @Test
    void aRecordThatIsChangedInPlaceKeepsTheRunToo() {
        var first = Migration.migrated(world, MIXED);
        world.load("src-B", record("id", "b2", "a", "a1"));
        var second = Migration.migrated(world, MIXED);
        refused(first, second, Optional.empty());
    }

    /** Families of records that do not refer to each other are rolled back in any order. */
    @Test
    void aLaterRunOnWhichNothingReliesIsInNobodysWay() {
        var plan = Plans.of("A: {}", "B: { checks: { accept: [a] }, references: { a: A } }");
        var first = Migration.migrated(world, plan);
        world.load("src-A", record("id", "a2"));
        world.load("src-B", record("id", "b2", "a", "a2"));
        Migration.migrated(world, plan);
        ready(first, Optional.empty());
    }

    /** It is written by nobody any more. */
    @Test
    void aChildThatWasDeletedSinceIsInNobodysWay() {
        var plan = Plans.of("A: {}", "B: { identity: { rule: keep }, checks: { accept: [a] }, references: { a: A } }");
        var first = Migration.migrated(world, plan);
        world.load("src-B", record("id", "b2", "a", "a1"));
        Migration.migrated(world, plan);
        world.delete("dst-B", record("id", "b2"));
        ready(first, Optional.empty());
    }
}
