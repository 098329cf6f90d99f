package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TypedJson;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * 2,000 single mutations after a run whose orders take a value of their customers: the value that was taken is another or
 * missing, or the customer has another one. Verification finds each of them, of a customer also in all its orders, and names
 * nothing else.
 */
final class ThroughMutationTest {
    private static final int BATCHES = 5;
    private static final int CHANGED_CUSTOMERS = 50;
    private static final int CHANGED_ORDERS = 150;
    private static final int CUSTOMERS = 200;
    private static final int ORDERS = 3 * CUSTOMERS;
    private static final int FIRMS = 10;
    private static final long SEED = 20_261_127;

    private final World world = new World();
    private final Random random = new Random(SEED);
    private final Reverification verification = new Reverification(world);

    ThroughMutationTest() {
        for (var table : List.of("Firms", "Customers", "Orders")) {
            world.create(table, KeyType.S);
        }
        for (int i = 0; i < FIRMS; i++) {
            world.load("src-Firms", World.record("id", "f" + i));
        }
        for (int i = 0; i < CUSTOMERS; i++) {
            world.load("src-Customers", World.record("id", "c" + i, "firm", "f" + random.nextInt(FIRMS)));
        }
        for (int i = 0; i < ORDERS; i++) {
            world.load("src-Orders", World.record("id", "o" + i, "customer", "c" + i % CUSTOMERS));
        }
    }

    private record Planted(String table, String record, Verdict verdict) {}

    /** Ids are kept, so that a record has the same name on both sides. */
    @Test
    void inACopyEveryMutationIsFoundAndNothingElse() {
        var keep = "onDrift: fail, identity: { rule: keep }, ";
        mutate(
                Plans.of(
                        "Firms: { identity: { rule: keep } }",
                        "Customers: { " + keep + "references: { firm: Firms }, rename: { firm: company } }",
                        "Orders: { " + keep + "references: { customer: Customers },"
                                + " set: { company: { through: customer, take: firm } } }"),
                "dst-",
                Verdict.ALTERED);
    }

    /** An order that lacks what it took is as an old copy of it would be. */
    @Test
    void inPlaceEveryMutationIsFoundAndNothingElse() {
        var tenants =
                IntStream.range(0, FIRMS).mapToObj(i -> "f" + i + ": t" + i).collect(Collectors.joining(", "));
        mutate(
                Plans.inPlace(
                                "Customers: { references: { firm: { family: Tenants, as: company } } }",
                                "Orders: { onDrift: fail, references: { customer: Customers },"
                                        + " set: { company: { through: customer, take: company } } }")
                        .replace(
                                "tables:\n",
                                "families: { Tenants: { rule: lookup, mapping: { ids: { " + tenants
                                        + " } } } }\ntables:\n"),
                "src-",
                Verdict.REVERTED);
    }

    /**
     * @param side where orders hold what they took
     * @param removed what is said of an order that lacks it
     */
    private void mutate(String plan, String side, Verdict removed) {
        var migration = Migration.begun(world, plan);
        assertThat(migration.migrate().failures()).isZero();
        assertThat(migration.report(RunOutcome.MIGRATED).ending().error()).isEmpty();
        var customers = world.items("src-Customers");
        var orders = world.items(side + "Orders");
        for (int batch = 0; batch < BATCHES; batch++) {
            var planted = new HashSet<Planted>();
            var changed = shuffled(customers).subList(0, CHANGED_CUSTOMERS);
            var ids = changed.stream().map(item -> item.get("id")).collect(Collectors.toSet());
            changed.forEach(customer -> planted.add(ofAnotherFirm(customer)));
            var left = new ArrayList<Map<String, AttributeValue>>();
            for (var order : orders) {
                if (ids.contains(order.get("customer"))) {
                    planted.add(planted("Orders", order, Verdict.MOVED));
                } else {
                    left.add(order);
                }
            }
            shuffled(left).subList(0, CHANGED_ORDERS).forEach(order -> planted.add(altered(side, order, removed)));
            assertThat(found(migration, plan)).as("seed %d", SEED).containsExactlyInAnyOrderElementsOf(planted);
            restore("src-Customers", customers);
            restore(side + "Orders", orders);
        }
        assertThat(found(migration, plan)).isEmpty();
    }

    private List<Map<String, AttributeValue>> shuffled(List<Map<String, AttributeValue>> items) {
        var all = new ArrayList<>(items);
        Collections.shuffle(all, random);
        return all;
    }

    private Planted ofAnotherFirm(Map<String, AttributeValue> customer) {
        int firm = Integer.parseInt(customer.get("firm").s().substring(1));
        int other = (firm + 1 + random.nextInt(FIRMS - 1)) % FIRMS;
        world.change("src-Customers", customer, "firm", "f" + other);
        return planted("Customers", customer, Verdict.MOVED);
    }

    private Planted altered(String side, Map<String, AttributeValue> order, Verdict removed) {
        var mutated = new HashMap<>(order);
        boolean remove = random.nextBoolean();
        Optional.of(AttributeValue.fromS(order.get("company").s() + "x"))
                .filter(_ -> !remove)
                .ifPresentOrElse(other -> mutated.put("company", other), () -> mutated.remove("company"));
        world.load(side + "Orders", mutated);
        return planted("Orders", order, remove ? removed : Verdict.ALTERED);
    }

    private static Planted planted(String table, Map<String, AttributeValue> record, Verdict verdict) {
        return new Planted(table, TypedJson.text(Map.of("id", record.get("id"))), verdict);
    }

    private void restore(String physical, List<Map<String, AttributeValue>> items) {
        world.memory().createTable(World.shape(physical, KeyType.S));
        world.memory().load(new PhysicalTable(physical), items);
    }

    private Set<Planted> found(Migration migration, String plan) {
        return verification.differences(migration, plan).stream()
                .map(ThroughMutationTest::found)
                .collect(Collectors.toSet());
    }

    private static Planted found(Difference one) {
        if (one.verdict() == Verdict.ALTERED) {
            assertThat(one.attributes()).as(one.record()).containsExactly("company");
        }
        return new Planted(one.table().value(), one.record(), one.verdict());
    }
}
