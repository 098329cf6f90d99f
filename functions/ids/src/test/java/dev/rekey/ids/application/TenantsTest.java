package dev.rekey.ids.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.aws.stores.LocalStores;
import dev.rekey.ids.DynamoDbMappingTables;
import dev.rekey.ids.RekeyIds;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The application of the page, on DynamoDB Local. */
final class TenantsTest {
    private static final String PLAN = """
        plan: tenants-to-organizations
        mode: inPlace
        source: { tables: "{table}" }
        families:
          Tenants:
            rule: lookup
            mapping: { table: tenant_org_mappings, from: tenant_id, to: organization_id, where: { active: true } }
        tables:
          profiles:
            references: { tenant_id: { family: Tenants, as: organization_id } }
        """;

    private static DynamoDbClient db;

    @BeforeAll
    static void tables() {
        var environment = LocalStores.environment();
        db = DynamoDbClient.builder()
                .httpClient(ApacheHttpClient.create())
                .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL_DYNAMODB")))
                .region(Region.of(environment.get("AWS_REGION")))
                // A database of its own: the store keeps one for each access key.
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("application", "local")))
                .build();
        create("tenant_org_mappings", "tenant_id");
        create("organizations", "id");
        create("profiles", "id");
    }

    @AfterAll
    static void close() {
        db.close();
    }

    private static void create(String table, String key) {
        db.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName(key)
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName(key)
                        .keyType(KeyType.HASH)
                        .build()));
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    private static void put(String table, Map<String, AttributeValue> record) {
        db.putItem(request -> request.tableName(table).item(record));
    }

    private static void mapping(String tenant, String organization, boolean active) {
        put(
                "tenant_org_mappings",
                Map.of(
                        "tenant_id", s(tenant),
                        "organization_id", s(organization),
                        "active", AttributeValue.fromBool(active),
                        // So that a scan takes several pages.
                        "filler", s("x".repeat(60_000))));
    }

    @Test
    void callersNameTenantsByOldIdsAndRecordsHaveNewOnes(@TempDir Path folder) throws IOException {
        IntStream.range(0, 40).forEach(i -> mapping("legacy-" + i, "org-" + i, i != 7));
        put("organizations", Map.of("id", s("org-3"), "name", s("Third")));
        put("profiles", Map.of("id", s("p1"), "tenant_id", s("legacy-3")));
        put("profiles", Map.of("id", s("p2"), "tenant_id", s("legacy-3"), "organization_id", s("org-chosen")));
        put("profiles", Map.of("id", s("p3"), "tenant_id", s("legacy-7")));
        var tenants = new Tenants(db, Files.writeString(folder.resolve("plan.yaml"), PLAN));

        assertThat(tenants.nameOfOrganization("legacy-3")).contains("Third");
        assertThat(tenants.nameOfOrganization("legacy-4")).isEmpty();
        assertThat(tenants.nameOfOrganization("nobody")).isEmpty();
        assertThat(tenants.organizationOf("p1")).contains("org-3");
        assertThat(tenants.organizationOf("p2")).contains("org-chosen");
        assertThat(tenants.organizationOf("p3")).isEmpty();
        assertThat(tenants.organizationOf("nobody")).isEmpty();
    }

    @Test
    void aChangeOfTheTableIsSeenAfterTheTimeToLive() {
        mapping("changing", "before", true);
        var nanos = new AtomicLong();
        var ids = RekeyIds.ofPlan(PLAN)
                .tables(new DynamoDbMappingTables(db))
                .timeToLive(Duration.ofSeconds(30))
                .clock(nanos::get)
                .build();
        assertThat(ids.newId("Tenants", "changing")).contains("before");
        assertThat(ids.oldIds("Tenants", "before")).containsExactly("changing");
        mapping("changing", "after", true);
        assertThat(ids.newId("Tenants", "changing")).contains("before");
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(ids.newId("Tenants", "changing")).contains("after");
    }

    @Test
    void whatDynamoDbRefusesReachesTheCaller() {
        var ids = RekeyIds.ofPlan(PLAN.replace("tenant_org_mappings", "no-such-table"))
                .tables(new DynamoDbMappingTables(db))
                .build();
        assertThatThrownBy(() -> ids.newId("Tenants", "x")).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void onlyTheAttributesThatAreNeededAreRead() {
        put("tenant_org_mappings", Map.of("tenant_id", s("one"), "filler", s("x")));
        var records = new ArrayList<Map<String, AttributeValue>>();
        new DynamoDbMappingTables(db).read("tenant_org_mappings", List.of("tenant_id"), records::add);
        assertThat(records).isNotEmpty().allMatch(record -> record.keySet().equals(Set.of("tenant_id")));
        db.deleteItem(request -> request.tableName("tenant_org_mappings").key(Map.of("tenant_id", s("one"))));
    }

    @Test
    void thePageShowsThisApplication() throws IOException {
        var root = Path.of(System.getProperty("rekey.root"));
        var page = Files.readString(root.resolve("docs/operating/applications.md"));
        var source =
                Files.readString(root.resolve("functions/ids/src/test/java/dev/rekey/ids/application/Tenants.java"));
        var shown = Pattern.compile("(?ms)^```java\\n(final class Tenants .*?)^```")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(shown).singleElement().satisfies(code -> assertThat(source).endsWith(code));
    }
}
