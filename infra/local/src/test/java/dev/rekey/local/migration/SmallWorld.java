package dev.rekey.local.migration;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TypedJson;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/** Six tables with every kind of reference, under names of their own, so that tests do not meet. */
final class SmallWorld {
    /** One invoice has so many lines that they are read in ranges. */
    static final String RANGE_BYTES = "300";

    private static final int CONTACTS = 60;
    private static final int PROJECTS = 40;

    private final DynamoDbClient db;
    private final String suffix;

    SmallWorld(DynamoDbClient db, String suffix) {
        this.db = db;
        this.suffix = suffix;
    }

    /** A client of DynamoDB Local. */
    static DynamoDbClient client(URI endpoint) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
    }

    String plan() {
        return """
            plan: small-world
            source: { tables: "{table}-%1$s-dev" }
            target: { tables: "{table}-%1$s-prod" }
            identity: { rule: derive, namespace: prod }
            tables:
              Contacts: {}
              Projects:
                references:
                  ownerId: Contacts
                  parentId: Projects
                  "milestones[].ownerId": Contacts
                  "byUser{}": Contacts
                  "watchers[]": Contacts
                  "payload|json.ownerId": Contacts
              Teams: { references: { leadId: Members } }
              Members: { references: { teamId: Teams, contactId: Contacts } }
              Invoices:
                identity: { rule: derive, digits: 15 }
                references: { projectId: Projects }
              InvoiceLines: { key: { invoiceId: Invoices, lineNo: keep } }
            """.formatted(suffix);
    }

    void create() {
        for (var side : List.of("dev", "prod")) {
            table("Contacts", side, "id", KeyType.S, null);
            table("Projects", side, "id", KeyType.S, null);
            table("Teams", side, "id", KeyType.S, null);
            table("Members", side, "id", KeyType.S, null);
            table("Invoices", side, "number", KeyType.N, null);
            table("InvoiceLines", side, "invoiceId", KeyType.N, "lineNo");
        }
    }

    /**
     * Puts {@code item} into a target table as soon as the first contact is in the target: no look at the data beforehand
     * can have seen it, and only level 1 is written.
     */
    Thread putDuringTheMigration(String table, Map<String, AttributeValue> item) {
        return Thread.ofVirtual().start(() -> {
            var deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (items("Contacts", "prod").isEmpty() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
            putInto(table, "prod", item);
        });
    }

    /** Deletes a record of the target again and again, until it is interrupted. */
    Thread deletingDuringTheMigration(String table, Map<String, AttributeValue> key) {
        return Thread.ofVirtual().start(() -> {
            while (!Thread.interrupted()) {
                deleteFrom(table, "prod", key);
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        });
    }

    void load() {
        IntStream.range(0, CONTACTS).forEach(i -> put("Contacts", Map.of("id", s("c" + i), "name", s("Name " + i))));
        IntStream.range(0, PROJECTS).forEach(i -> put("Projects", project(i)));
        IntStream.range(0, 5).forEach(i -> {
            put("Teams", Map.of("id", s("t" + i), "leadId", s("m" + i)));
            put("Members", Map.of("id", s("m" + i), "teamId", s("t" + i), "contactId", s("c" + i)));
        });
        IntStream.range(0, 30).forEach(i -> {
            put("Invoices", Map.of("number", n(i), "projectId", s("p" + i)));
            put(
                    "InvoiceLines",
                    Map.of(
                            "invoiceId",
                            n(i < 20 ? 7 : i),
                            "lineNo",
                            n(i < 20 ? i : 1),
                            "amount",
                            n("12345678901234567890.12345678")));
        });
    }

    private static Map<String, AttributeValue> project(int i) {
        var project = new TreeMap<String, AttributeValue>();
        project.put("id", s("p" + i));
        project.put("ownerId", s("c" + i));
        project.put("parentId", i == 0 ? AttributeValue.fromNul(true) : s("p" + (i - 1)));
        project.put(
                "milestones", AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of("ownerId", s("c" + i % 7))))));
        project.put("byUser", AttributeValue.fromM(Map.of("c1", n(1), "c2", n(2))));
        project.put("watchers", AttributeValue.fromSs(List.of("c3", "c4")));
        project.put("payload", s("{\"ownerId\":\"c5\",\"amount\":1.50}"));
        project.put("empty", s(""));
        project.put("big", n("99999999999999999999999999999999999999"));
        return project;
    }

    void put(String table, Map<String, AttributeValue> item) {
        putInto(table, "dev", item);
    }

    void putInto(String table, String side, Map<String, AttributeValue> item) {
        db.putItem(request -> request.tableName(physical(table, side)).item(item));
    }

    void deleteFrom(String table, String side, Map<String, AttributeValue> key) {
        db.deleteItem(request -> request.tableName(physical(table, side)).key(key));
    }

    /** Every item of one side, as text, in a stable order. */
    Map<String, List<String>> dump(String side) {
        var all = new TreeMap<String, List<String>>();
        for (var table : List.of("Contacts", "Projects", "Teams", "Members", "Invoices", "InvoiceLines")) {
            var items = new TreeSet<String>();
            items(table, side).forEach(item -> items.add(TypedJson.text(new TreeMap<>(item))));
            all.put(table, new ArrayList<>(items));
        }
        return all;
    }

    List<Map<String, AttributeValue>> items(String table, String side) {
        return db.scanPaginator(request -> request.tableName(physical(table, side))).items().stream()
                .toList();
    }

    static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue n(Object number) {
        return AttributeValue.fromN(number.toString());
    }

    private String physical(String table, String side) {
        return table + "-" + suffix + "-" + side;
    }

    private void table(String table, String side, String partition, KeyType type, String sort) {
        var partitionKey = new KeyAttribute(partition, type);
        createTable(
                db,
                physical(table, side),
                sort == null ? List.of(partitionKey) : List.of(partitionKey, new KeyAttribute(sort, KeyType.N)));
    }

    /** @param keys the partition key, then the sort key if there is one */
    static void createTable(DynamoDbClient db, String physical, List<KeyAttribute> keys) {
        var schema = keys.stream()
                .map(key -> KeySchemaElement.builder()
                        .attributeName(key.name())
                        .keyType(key.equals(keys.getFirst()) ? "HASH" : "RANGE")
                        .build())
                .toList();
        var types = keys.stream()
                .map(key -> AttributeDefinition.builder()
                        .attributeName(key.name())
                        .attributeType(key.type().name())
                        .build())
                .toList();
        db.createTable(request -> request.tableName(physical)
                .keySchema(schema)
                .attributeDefinitions(types)
                .billingMode(BillingMode.PAY_PER_REQUEST));
    }
}
