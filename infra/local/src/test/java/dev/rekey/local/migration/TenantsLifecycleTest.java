package dev.rekey.local.migration;

import static dev.rekey.local.migration.SmallWorld.n;
import static dev.rekey.local.migration.SmallWorld.s;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Profiles of tenants get the id of an organization beside the tenant's, through a mapping: on the real stores. */
final class TenantsLifecycleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<KeyAttribute> KEYS = List.of(new KeyAttribute("id", KeyType.S));
    private static final int PROFILES = 60;
    private static final int TENANTS = 5;

    private final WholeStack stack = WholeStack.started();

    private static String plan(String name, String mapping) {
        return """
            plan: tenants
            source: { tables: "{table}-%1$s-dev" }
            target: { tables: "{table}-%1$s-prod" }
            identity: { rule: keep }
            families:
              Tenants: { rule: lookup, mapping: %2$s, exists: organizations }
            tables:
              organizations: {}
              profiles:
                references: { tenant_id: { family: Tenants, as: organization_id } }
                checks: { after: { required: [organization_id] } }
            """.formatted(name, mapping);
    }

    private void create(String name) {
        for (var table : List.of("profiles", "organizations")) {
            for (var side : List.of("dev", "prod")) {
                SmallWorld.createTable(stack.db(), table + "-" + name + "-" + side, KEYS);
            }
        }
        SmallWorld.createTable(stack.db(), "tenants-" + name + "-map", KEYS);
        for (int i = 0; i < TENANTS; i++) {
            put("organizations-" + name + "-dev", Map.of("id", s("org-" + i)));
            put(
                    "tenants-" + name + "-map",
                    Map.of("id", s("legacy-" + i), "organization", s("org-" + i), "rank", n(i)));
        }
        for (int i = 0; i < PROFILES; i++) {
            put("profiles-" + name + "-dev", Map.of("id", s("p" + i), "tenant_id", s("legacy-" + i % TENANTS)));
        }
    }

    private void put(String table, Map<String, AttributeValue> item) {
        stack.db().putItem(request -> request.tableName(table).item(item));
    }

    private Map<String, String> organizations(String name) {
        return stack.db().scan(request -> request.tableName("profiles-" + name + "-prod")).items().stream()
                .collect(Collectors.toMap(
                        item -> item.get("id").s() + " " + item.get("tenant_id").s(),
                        item -> item.get("organization_id").s()));
    }

    private static ObjectNode input(String action) {
        return JSON.createObjectNode().put("action", action).put("confirm", "tenants");
    }

    private DescribeExecutionResponse succeeded(ObjectNode input) {
        var ended = stack.run(input);
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return ended;
    }

    private void migratesAndRollsBack(String name, ObjectNode migrate) throws Exception {
        var run = JSON.readTree(succeeded(migrate).output());
        assertThat(run.at("/verification/matched").asInt()).isEqualTo(PROFILES + TENANTS);
        var there = organizations(name);
        assertThat(there).hasSize(PROFILES);
        there.forEach((profile, organization) ->
                assertThat(organization).isEqualTo("org-" + profile.substring(profile.length() - 1)));
        var id = run.at("/run").asText();
        succeeded(input("verify").put("run", id));
        succeeded(input("rollback").put("run", id));
        assertThat(organizations(name)).isEmpty();
    }

    @Test
    void throughATable() throws Exception {
        create("by-table");
        var plan = plan("by-table", "{ table: tenants-by-table-map, from: id, to: organization }");
        put("profiles-by-table-dev", Map.of("id", s("p-lost"), "tenant_id", s("legacy-9")));
        var refused = stack.run(input("migrate").put("plan", plan));
        assertThat(refused.error()).isEqualTo("Rekey.NotReady");
        assertThat(refused.cause()).contains("mapping.no-new-id").contains("p-lost");
        stack.db()
                .deleteItem(
                        request -> request.tableName("profiles-by-table-dev").key(Map.of("id", s("p-lost"))));
        migratesAndRollsBack("by-table", input("migrate").put("plan", plan));

        put("tenants-by-table-map", Map.of("id", s("legacy-1"), "organization", s("org-2"), "rank", n(1)));
        var faulty = stack.run(input("migrate").put("plan", plan));
        assertThat(faulty.error()).isEqualTo("Rekey.Refused");
        assertThat(faulty.cause()).contains("lookup.many-to-one").contains("families.Tenants.mapping");
    }

    @Test
    void throughAFileBesideThePlan() throws Exception {
        create("by-file");
        var lines = List.of(
                "tenant,org", "legacy-0,org-0", "legacy-1,org-1", "legacy-2,org-2", "legacy-3,org-3", "legacy-4,org-4");
        stack.put("plans/mapping.csv", String.join("\r\n", lines) + "\r\n");
        var migrate = input("migrate").put("plan", plan("by-file", "{ file: mapping.csv, from: tenant, to: org }"));
        migrate.putObject("files").put("mapping.csv", "s3://rekey/plans/mapping.csv");
        migratesAndRollsBack("by-file", migrate);
    }
}
