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
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Orders take the company of their customers, which share a table with others: copied, changed in place, and taken back. */
final class ThroughLifecycleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ORDERS = 250;
    private static final int CUSTOMERS = 130;

    private final WholeStack stack = WholeStack.started();

    private static ObjectNode input(String action) {
        return JSON.createObjectNode().put("action", action).put("confirm", "through");
    }

    private JsonNode succeeded(ObjectNode input) throws Exception {
        var ended = stack.run(input);
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return JSON.readTree(ended.output());
    }

    private void create(String... tables) {
        for (var table : tables) {
            SmallWorld.createTable(stack.db(), table, List.of(new KeyAttribute("id", KeyType.S)));
        }
    }

    private void fill(String suffix) {
        for (int i = 0; i < CUSTOMERS; i++) {
            put("User" + suffix, Map.of("id", s("c" + i), "kind", s("1"), "company_id", s("f" + i % 9)));
        }
        put("User" + suffix, Map.of("id", s("x"), "kind", s("2"), "company_id", s("f1")));
        for (int i = 0; i < 10; i++) {
            put("Companies" + suffix, Map.of("id", s("f" + i)));
        }
        for (int i = 0; i < ORDERS; i++) {
            put("Orders" + suffix, Map.of("id", s("o" + i), "customer_id", s("c" + i % CUSTOMERS)));
        }
    }

    private void put(String table, Map<String, AttributeValue> item) {
        stack.db().putItem(request -> request.tableName(table).item(item));
    }

    private Map<String, Map<String, AttributeValue>> items(String table) {
        var all = new HashMap<String, Map<String, AttributeValue>>();
        stack.db().scanPaginator(request -> request.tableName(table).consistentRead(true)).items().stream()
                .forEach(item -> all.put(item.get("id").s(), item));
        return all;
    }

    private SortedSet<String> dump(String table) {
        var all = new TreeSet<String>();
        items(table).values().forEach(item -> all.add(TypedJson.text(new TreeMap<>(item))));
        return all;
    }

    private void assertEveryOrderHasTheCompanyOfItsCustomer(String suffix) {
        var customers = items("User" + suffix);
        var orders = items("Orders" + suffix);
        assertThat(orders).hasSize(ORDERS);
        assertThat(orders.values())
                .allSatisfy(order -> assertThat(order.get("company"))
                        .isNotNull()
                        .isEqualTo(customers.get(order.get("customer_id").s()).get("company_id")));
    }

    @Test
    void whatIsTakenIsCopiedVerifiedAndTakenBack() throws Exception {
        create("User-through-dev", "Companies-through-dev", "Orders-through-dev");
        create("User-through-prod", "Companies-through-prod", "Orders-through-prod");
        fill("-through-dev");
        var plan = """
            plan: through
            source: { tables: "{table}-through-dev" }
            target: { tables: "{table}-through-prod" }
            identity: { rule: derive, namespace: n }
            unmatched: leave
            tables:
              Companies: {}
              Customers: { from: User, match: { kind: "1" }, references: { company_id: Companies } }
              Orders:
                references: { customer_id: Customers }
                set: { company: { through: customer_id, take: company_id } }
            """;
        succeeded(input("test").put("plan", plan).put("table", "Orders").put("id", "o7"));
        var run = succeeded(input("migrate").put("plan", plan));
        assertEveryOrderHasTheCompanyOfItsCustomer("-through-prod");
        var after = dump("Orders-through-prod");
        var id = run.at("/run").asText();
        succeeded(input("verify").put("run", id));

        put("User-through-dev", Map.of("id", s("c5"), "kind", s("1"), "company_id", s("f9")));
        var verified = succeeded(input("verify").put("run", id));
        assertThat(verified.at("/remaining/moved").asInt()).isEqualTo(3);
        put("User-through-dev", Map.of("id", s("c5"), "kind", s("1"), "company_id", s("f5")));

        succeeded(input("rollback").put("run", id).put("verify", true));
        assertThat(dump("Orders-through-prod")).isEmpty();
        succeeded(input("migrate").put("plan", plan));
        assertThat(dump("Orders-through-prod")).isEqualTo(after);
    }

    @Test
    void whatIsTakenIsWrittenInPlaceAndTakenBack() throws Exception {
        create("User-through-live-dev", "Companies-through-live-dev", "Orders-through-live-dev");
        fill("-through-live-dev");
        var before = dump("Orders-through-live-dev");
        var plan = """
            plan: through
            mode: inPlace
            source: { tables: "{table}-through-live-dev" }
            unmatched: leave
            tables:
              Customers: { from: User, match: { kind: "1" } }
              Orders:
                references: { customer_id: Customers }
                set: { company: { through: customer_id, take: company_id } }
            """;
        var run = succeeded(input("migrate").put("plan", plan));
        assertThat(run.at("/counts/updated").asInt()).isEqualTo(ORDERS);
        assertEveryOrderHasTheCompanyOfItsCustomer("-through-live-dev");
        put("User-through-live-dev", Map.of("id", s("c5"), "kind", s("1"), "company_id", s("f9")));
        var second = succeeded(input("migrate").put("plan", plan));
        assertThat(second.at("/counts/updated").asInt()).isEqualTo(2);
        assertEveryOrderHasTheCompanyOfItsCustomer("-through-live-dev");

        succeeded(input("rollback").put("run", second.at("/run").asText()));
        succeeded(input("rollback").put("run", run.at("/run").asText()).put("verify", true));
        assertThat(dump("Orders-through-live-dev")).isEqualTo(before);
    }
}
