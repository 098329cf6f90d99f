package dev.rekey.local.migration;

import dev.rekey.engine.record.TypedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Six tables with every kind of reference, under names of their own, so that tests do not meet. */
final class SmallWorld {
    private static final int CONTACTS = 60;
    private static final int PROJECTS = 40;

    private final DynamoDbClient db;
    private final String suffix;

    SmallWorld(DynamoDbClient db, String suffix) {
        this.db = db;
        this.suffix = suffix;
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
            table("Contacts", side, "id", ScalarAttributeType.S, null);
            table("Projects", side, "id", ScalarAttributeType.S, null);
            table("Teams", side, "id", ScalarAttributeType.S, null);
            table("Members", side, "id", ScalarAttributeType.S, null);
            table("Invoices", side, "number", ScalarAttributeType.N, null);
            table("InvoiceLines", side, "invoiceId", ScalarAttributeType.N, "lineNo");
        }
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
                    Map.of("invoiceId", n(i), "lineNo", n(1), "amount", n("12345678901234567890.12345678")));
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

    private void table(String table, String side, String partition, ScalarAttributeType type, String sort) {
        var keys = new ArrayList<KeySchemaElement>();
        var types = new ArrayList<AttributeDefinition>();
        keys.add(KeySchemaElement.builder()
                .attributeName(partition)
                .keyType(KeyType.HASH)
                .build());
        types.add(AttributeDefinition.builder()
                .attributeName(partition)
                .attributeType(type)
                .build());
        if (sort != null) {
            keys.add(KeySchemaElement.builder()
                    .attributeName(sort)
                    .keyType(KeyType.RANGE)
                    .build());
            types.add(AttributeDefinition.builder()
                    .attributeName(sort)
                    .attributeType(ScalarAttributeType.N)
                    .build());
        }
        db.createTable(request -> request.tableName(physical(table, side))
                .keySchema(keys)
                .attributeDefinitions(types)
                .billingMode(BillingMode.PAY_PER_REQUEST));
    }
}
