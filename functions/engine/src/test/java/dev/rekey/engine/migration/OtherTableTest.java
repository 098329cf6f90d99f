package dev.rekey.engine.migration;

import static dev.rekey.engine.migration.World.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.Severity;
import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Readiness;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** References that name a table, and hold the ids of another. */
final class OtherTableTest {
    private final World world = new World();
    private int analyses;

    @BeforeEach
    void tables() {
        world.create("Tenants", KeyType.S);
        world.create("Users", KeyType.S);
        world.create("Orders", KeyType.S);
    }

    private Analysis analyze(String orders) {
        var plan = Plans.of("Tenants: {}", "Users: {}", "Orders: " + orders);
        var start = new Start(world, "analysis-" + ++analyses);
        return new Migration(world, plan, start, start.ready(Action.ANALYZE, plan)).validate();
    }

    private void order(String id, String owner) {
        var order = new HashMap<>(record("id", id));
        order.put("ownerId", AttributeValue.fromS(owner));
        world.load("src-Orders", order);
    }

    private static String random(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Thirty short ids that could be anybody's, of which none leads anywhere. */
    private void ordersOfUsers() {
        world.load("src-Tenants", record("id", "t-1"));
        for (int i = 0; i < 30; i++) {
            world.load("src-Users", record("id", "u-" + i));
            order("o-" + i, "u-" + i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "keep", "removeReference"})
    void isRefusedWhateverOnOrphanSaysAndNamesTheTable(String onOrphan) {
        ordersOfUsers();
        var analysis = analyze("{ references: { ownerId: { family: Tenants, onOrphan: " + onOrphan + " } } }");
        assertThat(analysis.problems())
                .filteredOn(problem -> problem.id().equals("reference.other-table"))
                .extracting(Problem::path, Problem::severity, Problem::message)
                .containsExactly(tuple(
                        "tables.Orders.references.ownerId",
                        Severity.ERROR,
                        "all 30 values lead to no record of Tenants; 30 of 30 are ids of Users"));
        assertThat(analysis.verdict()).isEqualTo(Readiness.NOT_READY);
    }

    @Test
    void isReadyOnceItIsNamedOrAccepted() {
        ordersOfUsers();
        assertThat(analyze("{ references: { ownerId: Users } }").verdict()).isEqualTo(Readiness.READY);
        var accepted = analyze(
                "{ references: { ownerId: { family: Tenants, onOrphan: keep } }, checks: { accept: [ownerId] } }");
        assertThat(accepted.problems()).extracting(Problem::id).containsOnly("reference.orphan");
        assertThat(accepted.verdict()).isNotEqualTo(Readiness.NOT_READY);
    }

    @Test
    void oneOfTwoTablesToWhichItPointsIsNoOtherOne() {
        world.load("src-Tenants", record("id", random("t")));
        world.load("src-Users", record("id", random("u")));
        order("o-1", random("t"));
        order("o-2", random("u"));
        assertThat(analyze("{ references: { ownerId: { family: Tenants, onOrphan: keep } } }")
                        .problems())
                .filteredOn(problem -> problem.id().equals("reference.other-table"))
                .extracting(Problem::message)
                .containsExactly("1 of 2 values leads to no record of Tenants; 1 of 1 is an id of Users");
    }

    @Test
    void recordsThatShareTheirIdsAreNoOtherTable() {
        for (int i = 0; i < 5; i++) {
            world.load("src-Tenants", record("id", random("t" + i)));
            world.load("src-Users", record("id", random("t" + i)));
            order("o-" + i, random("t" + i));
        }
        order("o-9", random("nobody"));
        assertThat(analyze("{ references: { ownerId: { family: Tenants, onOrphan: keep } } }")
                        .problems())
                .extracting(Problem::id)
                .contains("reference.orphan")
                .doesNotContain("reference.other-table");
    }
}
