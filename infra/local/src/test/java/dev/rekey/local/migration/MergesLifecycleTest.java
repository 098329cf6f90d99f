package dev.rekey.local.migration;

import static dev.rekey.local.migration.SmallWorld.n;
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
 * Every second customer is merged into the one before it, and its client into that one's client of the same name: in copies
 * and in place, on the real stores, and taken back.
 */
final class MergesLifecycleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CUSTOMERS = 40;
    private static final int MERGED = CUSTOMERS / 2;
    /** Each customer has a client and a job. */
    private static final int RECORDS = 3 * CUSTOMERS;

    private static final String PLAN = """
        plan: merges
        HEAD
        tables:
          Customers: { merge: { into: { INTO }, require: "{% $not($record.gone = true) %}" } MARK_CUSTOMERS }
          Clients:
            references: { customer: Customers }
            merge: { matchBy: [name], within: customer, onMatch: merge, oldestBy: since, normalize: [trim, lowercase] }
            MARK_CLIENTS
          Jobs: { references: { customer: Customers, "clients[]": Clients } }
        """;

    private final WholeStack stack = WholeStack.started();

    private static String plan(String head) {
        var into = new TreeMap<String, String>();
        for (int i = 1; i < CUSTOMERS; i += 2) {
            into.put("c" + i, "c" + i + ": c" + (i - 1));
        }
        return PLAN.replace("HEAD", head).replace("INTO", String.join(", ", into.values()));
    }

    private static String copying() {
        return plan("""
                source: { tables: "{table}-merges-dev" }
                target: { tables: "{table}-merges-prod" }
                identity: { rule: derive, namespace: n }""").replace("MARK_CUSTOMERS", "").replace("MARK_CLIENTS", "");
    }

    private static String changing() {
        return plan("mode: inPlace\nsource: { tables: \"{table}-merges-live-dev\" }")
                .replace("MARK_CUSTOMERS", ", merged: { set: { gone: true, parent: \"{% $survivor %}\" } }")
                .replace("MARK_CLIENTS", "merged: { set: { gone: true } }");
    }

    private static ObjectNode input(String action) {
        return JSON.createObjectNode().put("action", action).put("confirm", "merges");
    }

    private JsonNode succeeded(ObjectNode input) throws Exception {
        var ended = stack.run(input);
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return JSON.readTree(ended.output());
    }

    private void create(String side) {
        for (var table : List.of("Customers", "Clients", "Jobs")) {
            SmallWorld.createTable(stack.db(), table + side, List.of(new KeyAttribute("id", KeyType.S)));
        }
    }

    private void fill(String side) {
        for (int i = 0; i < CUSTOMERS; i++) {
            put("Customers" + side, Map.of("id", s("c" + i), "title", s("customer " + i)));
            var name = (i % 2 == 0 ? "Anna" : " anna") + i / 2;
            put(
                    "Clients" + side,
                    Map.of("id", s("u" + i), "customer", s("c" + i), "name", s(name), "since", n(100 - i)));
            var clients = AttributeValue.fromL(List.of(s("u" + i), s("u" + (CUSTOMERS - 1 - i))));
            put("Jobs" + side, Map.of("id", s("j" + i), "customer", s("c" + i), "clients", clients));
        }
    }

    private void put(String table, Map<String, AttributeValue> item) {
        stack.db().putItem(request -> request.tableName(table).item(item));
    }

    private Map<String, Map<String, AttributeValue>> byId(String table) {
        return stack.db().scanPaginator(request -> request.tableName(table).consistentRead(true)).items().stream()
                .collect(Collectors.toMap(item -> item.get("id").s(), HashMap::new));
    }

    private SortedSet<String> dump(String side) {
        var all = new TreeSet<String>();
        for (var table : List.of("Customers", "Clients", "Jobs")) {
            byId(table + side).values().forEach(item -> all.add(table + TypedJson.text(new TreeMap<>(item))));
        }
        return all;
    }

    @Test
    void mergedRecordsAreLeftOutOfACopyAndItIsTakenBack() throws Exception {
        create("-merges-dev");
        create("-merges-prod");
        fill("-merges-dev");
        var run = succeeded(input("migrate").put("plan", copying()));
        assertThat(run.at("/counts/created").asInt()).isEqualTo(RECORDS - 2 * MERGED);
        assertThat(run.at("/counts/merged").asInt()).isEqualTo(2 * MERGED);
        var customers = byId("Customers-merges-prod").keySet();
        var clients = byId("Clients-merges-prod").keySet();
        assertThat(byId("Jobs-merges-prod").values())
                .hasSize(CUSTOMERS)
                .allMatch(job -> customers.contains(job.get("customer").s()))
                .allMatch(job -> job.get("clients").l().stream().allMatch(client -> clients.contains(client.s())));
        var after = dump("-merges-prod");
        var verified = succeeded(input("verify").put("run", run.at("/run").asText()));
        assertThat(verified.at("/verification/merged").asInt()).isEqualTo(2 * MERGED);

        succeeded(input("rollback").put("run", run.at("/run").asText()).put("verify", true));
        assertThat(dump("-merges-prod")).isEmpty();
        succeeded(input("migrate").put("plan", copying()));
        assertThat(dump("-merges-prod")).isEqualTo(after);
    }

    @Test
    void recordsAreMergedInPlaceAndSeparatedAgain() throws Exception {
        create("-merges-live-dev");
        fill("-merges-live-dev");
        var before = dump("-merges-live-dev");
        refusedUnlessThePlanMerges();
        assertThat(dump("-merges-live-dev")).isEqualTo(before);

        var run = succeeded(input("migrate").put("plan", changing()));
        // The jobs of merged customers, and those of other customers that have one of their clients.
        assertThat(run.at("/counts/updated").asInt()).isEqualTo(2 * MERGED + CUSTOMERS);
        assertMerged();
        var after = dump("-merges-live-dev");
        var id = run.at("/run").asText();
        var verified = succeeded(input("verify").put("run", id));
        assertThat(verified.at("/verification/merged").asInt()).isEqualTo(2 * MERGED);

        var second = succeeded(input("migrate").put("plan", changing()));
        assertThat(second.at("/counts").has("updated")).isFalse();
        assertThat(dump("-merges-live-dev")).isEqualTo(after);
        succeeded(input("rollback").put("run", second.at("/run").asText()));
        succeeded(input("rollback").put("run", id).put("verify", true));
        assertThat(dump("-merges-live-dev")).isEqualTo(before);
    }

    private void refusedUnlessThePlanMerges() throws Exception {
        var refusing = changing().replace("onMatch: merge, oldestBy: since, ", "");
        var analyzed = succeeded(input("analyze").put("plan", refusing));
        assertThat(analyzed.at("/verdict").asText()).isEqualTo("not ready");
        var refused = stack.run(input("migrate").put("plan", refusing));
        assertThat(refused.error()).isEqualTo("Rekey.NotReady");
        assertThat(refused.cause()).contains("merge.conflict");
    }

    private void assertMerged() {
        var customers = byId("Customers-merges-live-dev");
        var clients = byId("Clients-merges-live-dev");
        byId("Jobs-merges-live-dev").values().forEach(job -> {
            assertThat(customers.get(job.get("customer").s())).doesNotContainKeys("gone", "parent");
            job.get("clients")
                    .l()
                    .forEach(client -> assertThat(clients.get(client.s())).doesNotContainKey("gone"));
        });
        for (int i = 1; i < CUSTOMERS; i += 2) {
            assertThat(customers.get("c" + i)).containsEntry("parent", s("c" + (i - 1)));
            assertThat(clients.get("u" + i))
                    .containsEntry("gone", AttributeValue.fromBool(true))
                    .containsEntry("customer", s("c" + i));
        }
    }
}
