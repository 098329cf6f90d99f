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
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Customers, their users, and records of neither, in one table: copied, changed in place, and taken back. */
final class KindsLifecycleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OF_EACH = 60;

    private final WholeStack stack = WholeStack.started();

    private static ObjectNode input(String action) {
        return JSON.createObjectNode().put("action", action).put("confirm", "kinds");
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

    private void fill(String table) {
        for (int i = 0; i < OF_EACH; i++) {
            put(table, Map.of("id", s("c" + i), "kind", s("1"), "name", s("customer " + i)));
            put(table, Map.of("id", s("u" + i), "kind", s("2"), "customer", s("c" + i % 7)));
        }
        put(table, Map.of("id", s("x"), "version", n(3)));
    }

    private void put(String table, Map<String, AttributeValue> item) {
        stack.db().putItem(request -> request.tableName(table).item(item));
    }

    private SortedSet<String> dump(String table) {
        var all = new TreeSet<String>();
        stack.db().scanPaginator(request -> request.tableName(table).consistentRead(true)).items().stream()
                .forEach(item -> all.add(TypedJson.text(new TreeMap<>(item))));
        return all;
    }

    @Test
    void kindsAreCopiedAndTakenBack() throws Exception {
        create("User-kinds-dev", "User-kinds-prod");
        fill("User-kinds-dev");
        var plan = """
            plan: kinds
            source: { tables: "{table}-kinds-dev" }
            target: { tables: "{table}-kinds-prod" }
            identity: { rule: derive, namespace: n }
            unmatched: copy
            tables:
              Customers: { from: User, match: { kind: "1" } }
              Users: { from: User, match: { kind: "2" }, references: { customer: Customers } }
            """;
        var run = succeeded(input("migrate").put("plan", plan));
        assertThat(run.at("/counts/created").asInt()).isEqualTo(2 * OF_EACH + 1);
        var after = dump("User-kinds-prod");
        assertThat(after).hasSize(2 * OF_EACH + 1).contains("{\"id\":{\"S\":\"x\"},\"version\":{\"N\":\"3\"}}");

        succeeded(input("rollback").put("run", run.at("/run").asText()).put("verify", true));
        assertThat(dump("User-kinds-prod")).isEmpty();
        succeeded(input("migrate").put("plan", plan));
        assertThat(dump("User-kinds-prod")).isEqualTo(after);
    }

    @Test
    void kindsAreChangedInPlaceAndOneIsTakenBack() throws Exception {
        create("User-kinds-live-dev");
        fill("User-kinds-live-dev");
        var before = dump("User-kinds-live-dev");
        var plan = """
            plan: kinds
            mode: inPlace
            source: { tables: "{table}-kinds-live-dev" }
            unmatched: leave
            tables:
              Customers: { from: User, match: { kind: "1" }, set: { role: customer } }
              Users: { from: User, match: { kind: "2" }, references: { customer: Customers }, set: { role: user } }
            """;
        var run = succeeded(input("migrate").put("plan", plan));
        assertThat(run.at("/counts/updated").asInt()).isEqualTo(2 * OF_EACH);
        var id = run.at("/run").asText();
        var one = succeeded(input("rollback").put("run", id).put("table", "Users"));
        assertThat(one.at("/counts/restored").asInt()).isEqualTo(OF_EACH);
        assertThat(dump("User-kinds-live-dev"))
                .filteredOn(item -> item.contains("role"))
                .hasSize(OF_EACH);
        succeeded(input("rollback").put("run", id));
        assertThat(dump("User-kinds-live-dev")).isEqualTo(before);
    }
}
