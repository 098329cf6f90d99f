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
 * Contacts without a company get one for each tenant, and companies that contacts refer to in vain are created: in a copy and in
 * place, on the real stores, and taken back unless others refer to them.
 */
final class CreatedParentsLifecycleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONTACTS = 60;
    private static final int TENANTS = 5;
    /** Every third contact refers to a company that does not exist, two to the same. */
    private static final int UNKNOWN = CONTACTS / 6;

    private static final int CREATED = TENANTS + UNKNOWN;

    private static final String PLAN = """
        plan: created
        HEAD
        tables:
          Companies: { set: { seen: true } }
          Contacts:
            references:
              company:
                family: Companies
                onOrphan: { create: { name: Unknown } }
                onAbsent: { create: { name: Default, tenant: "{% $per %}" }, per: tenant }
        """;

    private final WholeStack stack = WholeStack.started();

    private static String copying() {
        return PLAN.replace("HEAD", """
                source: { tables: "{table}-created-dev" }
                target: { tables: "{table}-created-prod" }
                identity: { rule: derive, namespace: n }""");
    }

    private static String changing() {
        return PLAN.replace("HEAD", "mode: inPlace\nsource: { tables: \"{table}-created-live-dev\" }");
    }

    private static ObjectNode input(String action) {
        return JSON.createObjectNode().put("action", action).put("confirm", "created");
    }

    private JsonNode succeeded(ObjectNode input) throws Exception {
        var ended = stack.run(input);
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return JSON.readTree(ended.output());
    }

    private void create(String side) {
        for (var table : List.of("Companies", "Contacts")) {
            SmallWorld.createTable(stack.db(), table + side, List.of(new KeyAttribute("id", KeyType.S)));
        }
    }

    private void fill(String side) {
        put("Companies" + side, Map.of("id", s("c0"), "name", s("Company")));
        for (int i = 0; i < CONTACTS; i++) {
            var contact = new HashMap<>(Map.of("id", s("p" + i), "tenant", s("t" + i % TENANTS)));
            if (i % 3 == 0) {
                contact.put("company", s("c0"));
            } else if (i % 3 == 1) {
                contact.put("company", s("x" + i / 6));
            }
            put("Contacts" + side, contact);
        }
    }

    private void put(String table, Map<String, AttributeValue> item) {
        stack.db().putItem(request -> request.tableName(table).item(item));
    }

    private void delete(String table, String id) {
        stack.db().deleteItem(request -> request.tableName(table).key(Map.of("id", s(id))));
    }

    private Map<String, Map<String, AttributeValue>> byId(String table) {
        return stack.db().scanPaginator(request -> request.tableName(table).consistentRead(true)).items().stream()
                .collect(Collectors.toMap(item -> item.get("id").s(), HashMap::new));
    }

    private SortedSet<String> dump(String side) {
        var all = new TreeSet<String>();
        for (var table : List.of("Companies", "Contacts")) {
            byId(table + side).values().forEach(item -> all.add(table + TypedJson.text(new TreeMap<>(item))));
        }
        return all;
    }

    private void assertWhole(String side) {
        var companies = byId("Companies" + side);
        assertThat(companies).hasSize(1 + CREATED);
        assertThat(byId("Contacts" + side).values())
                .hasSize(CONTACTS)
                .allMatch(
                        contact -> companies.containsKey(contact.get("company").s()));
    }

    @Test
    void parentsAreCreatedInACopyAndTakenBack() throws Exception {
        create("-created-dev");
        create("-created-prod");
        fill("-created-dev");
        succeeded(input("test").put("plan", copying()).put("table", "Contacts").put("id", "p2"));
        assertThat(dump("-created-prod")).isEmpty();
        var run = succeeded(input("migrate").put("plan", copying()));
        assertThat(run.at("/counts/created").asInt()).isEqualTo(CONTACTS + 1 + CREATED);
        assertWhole("-created-prod");
        var after = dump("-created-prod");
        var id = run.at("/run").asText();
        succeeded(input("verify").put("run", id));

        succeeded(input("rollback").put("run", id).put("verify", true));
        assertThat(dump("-created-prod")).isEmpty();
        succeeded(input("migrate").put("plan", copying()));
        assertThat(dump("-created-prod")).isEqualTo(after);
    }

    @Test
    void parentsAreCreatedInPlaceAndStayIfOthersReferToThem() throws Exception {
        create("-created-live-dev");
        fill("-created-live-dev");
        var before = dump("-created-live-dev");
        succeeded(input("test").put("plan", changing()).put("table", "Contacts").put("id", "p2"));
        assertThat(dump("-created-live-dev")).isEqualTo(before);
        var run = succeeded(input("migrate").put("plan", changing()));
        assertThat(run.at("/counts/created").asInt()).isEqualTo(CREATED);
        assertWhole("-created-live-dev");
        var after = dump("-created-live-dev");
        var id = run.at("/run").asText();
        succeeded(input("verify").put("run", id));
        var second = succeeded(input("migrate").put("plan", changing()));
        assertThat(second.at("/counts").has("created")).isFalse();
        assertThat(dump("-created-live-dev")).isEqualTo(after);
        succeeded(input("rollback").put("run", second.at("/run").asText()));

        put("Contacts-created-live-dev", Map.of("id", s("theirs"), "tenant", s("t0"), "company", s("x0")));
        var kept = succeeded(input("rollback").put("run", id).put("verify", true));
        assertThat(kept.at("/counts/referred").asInt()).isEqualTo(1);
        assertThat(kept.at("/drift").asInt()).isEqualTo(1);
        assertThat(byId("Companies-created-live-dev")).containsOnlyKeys("c0", "x0");
        delete("Contacts-created-live-dev", "theirs");
        succeeded(input("rollback").put("run", id).put("drift", "overwrite"));
        assertThat(dump("-created-live-dev")).isEqualTo(before);
    }
}
