package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.FindingGroup;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Counted;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two records match while a copy works, and both are copied. The next run can still be made, and nothing remains after it. */
final class UnmergedInACopyTest {
    private static final String PLAN = Plans.of(
            "Customers: { merge: { into: { c1: c2, c3: c2 } } }",
            "Clients: { references: { customer: Customers }, merge: { matchBy: [name], within: customer, onMatch: merge } }",
            "Jobs: { references: { client: Clients }, merge: { matchBy: [name], within: client, onMatch: merge } }");

    private final World world = new World();

    @BeforeEach
    void bothAreCopied() {
        List.of("Customers", "Clients", "Jobs").forEach(name -> world.create(name, KeyType.S));
        world.load("src-Customers", record("id", "c1"));
        world.load("src-Customers", record("id", "c2"));
        world.load("src-Customers", record("id", "c3"));
        client("u1", "c1");
        job("j1", "u1");
        var run = Migration.begun(world, PLAN);
        client("u2", "c2");
        job("j2", "u2");
        assertThat(run.migrate().failures()).isZero();
        assertThat(run.report(RunOutcome.MIGRATED).verified().remaining()).containsKey(Counted.UNMERGED);
        world.time().sleep(Duration.ofSeconds(1));
    }

    private void client(String id, String customer) {
        world.load("src-Clients", record("id", id, "customer", customer, "name", "anna"));
    }

    private void job(String id, String client) {
        world.load("src-Jobs", record("id", id, "client", client, "name", "paint"));
    }

    @Test
    void thePairStaysApartAndIsListed() {
        var next = Migration.prepared(world, PLAN);
        var analysis = next.validate();
        assertThat(analysis.blockers()).isEmpty();
        assertThat(analysis.warnings()).singleElement().satisfies(group -> {
            assertThat(group.id()).isEqualTo("merge.apart");
            assertThat(group.table()).contains(new TableName("Clients"));
            // The jobs would match only if their clients became one.
            assertThat(group.count()).isOne();
        });
        var before = world.dump();
        next.begin();
        assertThat(next.migrate().failures()).isZero();
        assertThat(next.report(RunOutcome.MIGRATED).verified().remaining()).isEmpty();
        assertThat(world.dump()).isEqualTo(before);
    }

    @Test
    void anotherThatMatchesIsMergedAllTheSame() {
        client("u3", "c3");
        var next = Migration.migrated(world, PLAN);
        assertThat(world.items("dst-Clients")).hasSize(2);
        assertThat(next.report(RunOutcome.MIGRATED).verified().remaining()).isEmpty();
    }

    @Test
    void whatThePlanNamesIsRefusedAsBefore() {
        var named = PLAN.replace("within: customer", "within: customer, into: { u2: u1 }");
        assertThat(Migration.prepared(world, named).validate().blockers())
                .extracting(FindingGroup::id)
                .contains("merge.copied");
    }
}
