package dev.rekey.local.migration;

import static dev.rekey.local.migration.SmallWorld.s;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TypedJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * Customers and notes are copied and get new ids; companies and orders are changed where they are. Each refers to tables of the
 * other mode. Migrated, verified and taken back on the real stores, as a whole and in parts.
 */
final class MixedLifecycleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CUSTOMERS = 60;
    private static final int COMPANIES = 7;
    private static final int ORDERS = 150;
    private static final int NOTES = 40;
    private static final String SOURCE = "-mixed-live-dev";
    private static final String TARGET = "-mixed-prod";
    private static final List<String> TABLES = List.of("Companies", "Customers", "Orders", "Notes");

    private static final String PLAN = """
        plan: mixed
        source: { tables: "{table}-mixed-live-dev" }
        target: { tables: "{table}-mixed-prod" }
        identity: { rule: keep }
        tables:
          Companies:
            mode: inPlace
            references: { owner: { family: Customers, as: owner_id } }
            set: { kind: "{% 'kind of ' & $record.id %}" }
          Customers:
            identity: { rule: derive, namespace: n }
            references: { company: Companies }
            set: { kind: { through: company, take: kind } }
            merge: { into: { u1: u0 } }
          Orders:
            mode: inPlace
            references: { customer: { family: Customers, as: customer_id } }
            set: { company: { through: customer, take: company } }
          Notes: { references: { order: Orders, by: Customers } }
        """;

    private final WholeStack stack = WholeStack.started();

    private static ObjectNode input(String action) {
        return JSON.createObjectNode().put("action", action).put("confirm", "mixed");
    }

    private JsonNode succeeded(ObjectNode input) throws Exception {
        var ended = stack.run(input);
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return JSON.readTree(ended.output());
    }

    private void fill() {
        TABLES.forEach(table -> create(table + SOURCE));
        create("Customers" + TARGET);
        create("Notes" + TARGET);
        for (int i = 0; i < COMPANIES; i++) {
            put("Companies", Map.of("id", s("c" + i), "owner", s("u" + i)));
        }
        for (int i = 0; i < CUSTOMERS; i++) {
            put("Customers", Map.of("id", s("u" + i), "company", s("c" + i % COMPANIES)));
        }
        for (int i = 0; i < ORDERS; i++) {
            put("Orders", Map.of("id", s("o" + i), "customer", s("u" + i % CUSTOMERS)));
        }
        for (int i = 0; i < NOTES; i++) {
            put("Notes", Map.of("id", s("n" + i), "order", s("o" + i), "by", s("u" + i)));
        }
    }

    private void create(String table) {
        SmallWorld.createTable(stack.db(), table, List.of(new KeyAttribute("id", KeyType.S)));
    }

    private void put(String table, Map<String, AttributeValue> item) {
        stack.db().putItem(request -> request.tableName(table + SOURCE).item(item));
    }

    private Map<String, Map<String, AttributeValue>> byId(String table) {
        return stack.db().scanPaginator(request -> request.tableName(table).consistentRead(true)).items().stream()
                .collect(Collectors.toMap(item -> item.get("id").s(), HashMap::new));
    }

    private SortedSet<String> dump() {
        var all = new TreeSet<String>();
        for (var table : List.of(
                "Companies" + SOURCE,
                "Customers" + SOURCE,
                "Orders" + SOURCE,
                "Customers" + TARGET,
                "Notes" + TARGET)) {
            byId(table).values().forEach(item -> all.add(table + TypedJson.text(new TreeMap<>(item))));
        }
        return all;
    }

    private void assertMigrated() {
        var companies = byId("Companies" + SOURCE);
        var customers = byId("Customers" + TARGET);
        var before = byId("Customers" + SOURCE);
        var orders = byId("Orders" + SOURCE);
        assertThat(customers).hasSize(CUSTOMERS - 1);
        assertThat(companies.values())
                .allSatisfy(company -> assertThat(customers)
                        .containsKey(company.get("owner_id").s()));
        assertThat(companies.get("c1").get("owner_id"))
                .isEqualTo(companies.get("c0").get("owner_id"));
        assertThat(customers.values())
                .allSatisfy(customer -> assertThat(customer.get("kind"))
                        .isEqualTo(companies.get(customer.get("company").s()).get("kind")));
        assertThat(orders).hasSize(ORDERS);
        assertThat(orders.values()).allSatisfy(order -> {
            var survivor = order.get("customer").s().replaceFirst("^u1$", "u0");
            assertThat(customers).containsKey(order.get("customer_id").s());
            assertThat(order.get("company")).isEqualTo(before.get(survivor).get("company"));
        });
        assertThat(byId("Notes" + TARGET).values())
                .hasSize(NOTES)
                .allSatisfy(note -> assertThat(note.get("by"))
                        .isEqualTo(orders.get(note.get("order").s()).get("customer_id")));
    }

    @Test
    void copiesAndChangesInPlaceGoTogetherThereAndBack() throws Exception {
        fill();
        var before = dump();
        succeeded(input("test").put("plan", PLAN).put("table", "Notes").put("id", "n7"));
        assertThat(dump()).isEqualTo(before);

        var run = succeeded(input("migrate").put("plan", PLAN));
        assertThat(run.at("/counts/created").asInt()).isEqualTo(CUSTOMERS - 1 + NOTES);
        assertThat(run.at("/counts/updated").asInt()).isEqualTo(COMPANIES + ORDERS);
        assertMigrated();
        var after = dump();
        var id = run.at("/run").asText();
        var verified = succeeded(input("verify").put("run", id));
        assertThat(verified.at("/verification/matched").asInt()).isEqualTo(CUSTOMERS - 1 + NOTES + COMPANIES + ORDERS);

        var second = succeeded(input("migrate").put("plan", PLAN));
        assertThat(second.at("/counts").has("updated")).isFalse();
        assertThat(second.at("/counts").has("created")).isFalse();
        assertThat(dump()).isEqualTo(after);
        succeeded(input("rollback").put("run", second.at("/run").asText()));

        var refused = stack.run(input("rollback").put("run", id).put("table", "Customers"));
        assertThat(refused.cause()).contains("records of Companies, Notes, Orders refer");
        succeeded(input("rollback").put("run", id).put("table", "Orders"));
        assertThat(byId("Orders" + SOURCE).values())
                .allSatisfy(order -> assertThat(order).containsOnlyKeys("id", "customer"));
        succeeded(input("rollback").put("run", id).put("verify", true));
        assertThat(dump()).isEqualTo(before);
    }
}
