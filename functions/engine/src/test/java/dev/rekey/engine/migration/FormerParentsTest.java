package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * In place, a run makes the clients of a merged customer clients of the survivor. Two of one customer that match were apart
 * before, as the application wants them: they stay apart, whichever run changed the reference of each.
 */
final class FormerParentsTest {
    private static final String PLAN = Plans.inPlace(
            "Customers: { merge: { into: { c1: c2 } } }",
            "Clients: { references: { customer: Customers }, merge: { matchBy: [name], within: customer, onMatch: merge },"
                    + " merged: { set: { deleted: true } } }");

    private final World world = new World();
    private int starts;

    @BeforeEach
    void oneIsChangedByARunThatLeavesItUnmerged() {
        List.of("Customers", "Clients").forEach(name -> world.create(name, KeyType.S));
        world.load("src-Customers", record("id", "c1"));
        world.load("src-Customers", record("id", "c2"));
        client("u1", "c2", "a");
        var begun = begun(Scope.ALL);
        client("u2", "c1", "a");
        assertThat(begun.migrate().failures()).isZero();
        assertThat(remaining(begun)).containsOnly(Map.entry(Counted.UNMERGED, 1L));
        // The other one has gone, and there is one more of its own former customer.
        world.delete("src-Clients", record("id", "u1"));
        client("u3", "c1", "a");
    }

    private void client(String id, String customer, String tenant) {
        world.load("src-Clients", record("id", id, "customer", customer, "name", "anna", "tenant", tenant));
    }

    private Migration begun(Scope scope) {
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "run-" + starts++).asking(RunOptions.within(scope));
        var run = new Migration(world, PLAN, start, start.ready(Action.MIGRATE, PLAN));
        assertThat(run.validate().blockers()).isEmpty();
        run.begin();
        return run;
    }

    /** What remains after one more run. */
    private Map<Counted, Long> migrated(Scope scope) {
        var run = begun(scope);
        assertThat(run.migrate().failures()).isZero();
        return remaining(run);
    }

    private static Map<Counted, Long> remaining(Migration run) {
        return run.report(RunOutcome.MIGRATED).verified().remaining();
    }

    private void areApart(Map<Counted, Long> remaining) {
        assertThat(remaining).isEmpty();
        assertThat(world.items("src-Clients")).hasSize(2).allSatisfy(client -> {
            assertThat(client.get("customer").s()).isEqualTo("c2");
            assertThat(client).doesNotContainKey("deleted");
        });
    }

    @Test
    void theNextRunNamesNoneOfThem() {
        areApart(migrated(Scope.ALL));
    }

    @Test
    void aLaterRunDoesNotMergeThem() {
        migrated(Scope.ALL);
        areApart(migrated(Scope.ALL));
    }

    @Test
    void aRunOfAPartMakesNoDifference() {
        migrated(new Scope(List.of(), Map.of("tenant", "a")));
        areApart(migrated(Scope.ALL));
    }

    @Test
    void oneThatComesToTheSurvivorStaysApartToo() {
        migrated(Scope.ALL);
        client("u3", "c2", "a");
        areApart(migrated(Scope.ALL));
    }

    @Test
    void oneOfAThirdCustomerIsMergedAllTheSame() {
        migrated(Scope.ALL);
        world.load("src-Customers", record("id", "c3"));
        client("u3", "c3", "a");
        var third = PLAN.replace("c1: c2", "c1: c2, c3: c2");
        world.time().sleep(Duration.ofSeconds(1));
        Migration.migrated(world, third);
        assertThat(world.items("src-Clients"))
                .filteredOn(client -> client.containsKey("deleted"))
                .hasSize(1);
    }
}
