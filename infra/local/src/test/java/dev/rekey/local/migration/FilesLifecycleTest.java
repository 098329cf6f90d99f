package dev.rekey.local.migration;

import static dev.rekey.local.migration.SmallWorld.s;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TypedJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** Files in a bucket of their own, and files that were uploaded, are analyzed, tested, imported, verified and taken back. */
final class FilesLifecycleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INBOX = "inbox-files";
    private static final String CUSTOMERS =
            "Customer No,age,name,tags\nc1,41,Ann,\"[\"\"a\"\",\"\"b\"\"]\"\nc2,,\"\",\n";
    /** The third order has no customer, and is imported as it is. */
    private static final String ORDERS = """
        {"_id":{"$oid":"o1"},"customerId":"c1","total":{"$numberDecimal":"12.50"}}
        {"_id":{"$oid":"o2"},"customerId":"c2","at":{"$date":"2024-01-02T03:04:05Z"}}
        {"_id":{"$oid":"o3"},"customerId":"nobody"}
        """;

    private final WholeStack stack = WholeStack.started();

    /** Where the files are. */
    private enum Place {
        BUCKET,
        UPLOADED;

        String suffix() {
            return "-files-" + name().toLowerCase(java.util.Locale.ROOT) + "-prod";
        }
    }

    private static String plan(Place place) {
        return """
            plan: files
            source: { files: "%s" }
            target: { tables: "{table}%s" }
            identity: { rule: derive, namespace: n }
            tables:
              Customers:
                columns: { "Customer No": id }
                types: { age: N, tags: SS }
              Orders:
                source: "%s"
                format: mongo
                columns: { _id: id }
                references: { customerId: { family: Customers, onOrphan: keep } }
                set: { name: { through: customerId, take: name } }
            """.formatted(
                        switch (place) {
                            case BUCKET -> "s3://" + INBOX + "/crm/{table}.csv";
                            case UPLOADED -> "crm/{table}.csv";
                        },
                        place.suffix(),
                        switch (place) {
                            case BUCKET -> "s3://" + INBOX + "/crm/orders-*.jsonl";
                            case UPLOADED -> "crm/orders-*.jsonl";
                        });
    }

    private ObjectNode input(Place place, String action) {
        var input = JSON.createObjectNode().put("action", action).put("confirm", "files");
        if (place == Place.UPLOADED) {
            input.putObject("files")
                    .put("crm/Customers.csv", "s3://rekey/uploads/1/Customers.csv")
                    .put("crm/orders-1.jsonl", "s3://rekey/uploads/2/orders-1.jsonl");
        }
        return input;
    }

    private void put(Place place, String customers) {
        switch (place) {
            case BUCKET -> {
                stack.put(INBOX, "crm/Customers.csv", customers);
                stack.put(INBOX, "crm/orders-1.jsonl", ORDERS);
            }
            case UPLOADED -> {
                stack.put("uploads/1/Customers.csv", customers);
                stack.put("uploads/2/orders-1.jsonl", ORDERS);
            }
        }
    }

    private JsonNode succeeded(ObjectNode input) throws Exception {
        var ended = stack.run(input);
        assertThat(ended.statusAsString()).as(ended.cause()).isEqualTo("SUCCEEDED");
        return JSON.readTree(ended.output());
    }

    private SortedSet<String> dump(String table) {
        var all = new TreeSet<String>();
        stack.db().scanPaginator(request -> request.tableName(table).consistentRead(true)).items().stream()
                .forEach(item -> all.add(TypedJson.text(new TreeMap<>(item))));
        return all;
    }

    private Map<String, AttributeValue> named(String table, String name) {
        return stack.db().scan(request -> request.tableName(table)).items().stream()
                .filter(item -> item.containsKey("name") && item.get("name").s().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void filesAreImportedVerifiedAndTakenBack(Place place) throws Exception {
        stack.createBucket(INBOX);
        for (var table : List.of("Customers", "Orders")) {
            SmallWorld.createTable(stack.db(), table + place.suffix(), List.of(new KeyAttribute("id", KeyType.S)));
        }
        var plan = plan(place);
        var missing = stack.run(input(place, "analyze").put("plan", plan));
        assertThat(missing.cause()).contains("file.missing");
        put(place, CUSTOMERS.replace("c2,,", "c2,many,") + "c1,1,Twin,\n");
        var notReady = stack.run(input(place, "migrate").put("plan", plan));
        assertThat(notReady.error()).isEqualTo("Rekey.NotReady");
        assertThat(report(notReady))
                .contains("file.cell")
                .contains("file.duplicate-key")
                .contains((place == Place.BUCKET ? "s3://" + INBOX + "/" : "") + "crm/Customers.csv:3");
        assertThat(dump("Customers" + place.suffix())).isEmpty();

        put(place, CUSTOMERS);
        succeeded(input(place, "analyze").put("plan", plan));
        succeeded(input(place, "analyze").put("plan", plan).put("sample", 1));
        var merging = plan.replace("types:", "merge: { into: { c2: c1 } }\n    types:");
        succeeded(input(place, "analyze").put("plan", merging));
        succeeded(input(place, "test").put("plan", plan).put("table", "Orders").put("id", "o1"));
        assertThat(dump("Orders" + place.suffix())).isEmpty();
        var run =
                succeeded(input(place, "migrate").put("plan", plan)).at("/run").asText();
        var customers = dump("Customers" + place.suffix());
        var orders = dump("Orders" + place.suffix());
        assertThat(customers).hasSize(2);
        assertThat(orders).hasSize(3);
        var ann = named("Customers" + place.suffix(), "Ann");
        assertThat(ann.get("age").n()).isEqualTo("41");
        assertThat(ann.get("tags").ss()).containsExactlyInAnyOrder("a", "b");
        var order = named("Orders" + place.suffix(), "Ann");
        assertThat(order.get("customerId")).isEqualTo(ann.get("id"));
        assertThat(order.get("total").n()).isEqualTo("12.5");
        succeeded(input(place, "verify").put("run", run));

        // Another content is another source: nothing is guessed.
        put(place, CUSTOMERS + "c3,,Bob,\n");
        var changed = stack.run(input(place, "verify").put("run", run));
        assertThat(changed.statusAsString()).isEqualTo("FAILED");
        assertThat(changed.cause()).contains("file.changed");
        put(place, CUSTOMERS);
        succeeded(input(place, "verify").put("run", run));

        stack.db()
                .putItem(request -> request.tableName("Orders" + place.suffix()).item(Map.of("id", s("theirs"))));
        succeeded(input(place, "rollback").put("run", run).put("verify", true));
        assertThat(dump("Customers" + place.suffix())).isEmpty();
        assertThat(dump("Orders" + place.suffix())).hasSize(1);
        stack.db()
                .deleteItem(
                        request -> request.tableName("Orders" + place.suffix()).key(Map.of("id", s("theirs"))));
        succeeded(input(place, "migrate").put("plan", plan));
        assertThat(dump("Customers" + place.suffix())).isEqualTo(customers);
        assertThat(dump("Orders" + place.suffix())).isEqualTo(orders);
    }

    /** As AWS writes it: packed data, and manifests with the keys of where it was written. */
    @Test
    void theFolderOfAnExportIsImportedAndADamagedOneIsRefused() throws Exception {
        stack.createBucket(INBOX);
        SmallWorld.createTable(stack.db(), "Guests-exported-prod", List.of(new KeyAttribute("id", KeyType.S)));
        var data = packed(
                "{\"Item\":{\"id\":{\"S\":\"g1\"}}}\n{\"Item\":{\"id\":{\"S\":\"g2\"},\"host\":{\"S\":\"g1\"}}}\n");
        stack.put(INBOX, "exports/Guests/manifest-summary.json", """
                {"version":"2020-06-30","itemCount":2,"exportType":"FULL_EXPORT","outputFormat":"DYNAMODB_JSON"}
                """);
        stack.put(INBOX, "exports/Guests/manifest-files.json", """
                {"itemCount":2,"md5Checksum":"%s","etag":"0-1","dataFileS3Key":"AWSDynamoDB/01/data/a.json.gz"}
                """.formatted(Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("MD5").digest(data))));
        var plan = """
                plan: files
                source: { files: "s3://%s/exports/{table}/" }
                target: { tables: "{table}-exported-prod" }
                identity: { rule: derive, namespace: n }
                tables: { Guests: { references: { host: Guests } } }
                """.formatted(INBOX);
        stack.put(INBOX, "exports/Guests/data/a.json.gz", packed("{\"Item\":{\"id\":{\"S\":\"g1\"}}}\n"));
        var damaged = stack.run(input(Place.BUCKET, "migrate").put("plan", plan));
        assertThat(damaged.error()).isEqualTo("Rekey.NotReady");
        assertThat(report(damaged)).contains("file.damaged", "exports/Guests/data/a.json.gz");
        assertThat(dump("Guests-exported-prod")).isEmpty();

        stack.put(INBOX, "exports/Guests/data/a.json.gz", data);
        var run = succeeded(input(Place.BUCKET, "migrate").put("plan", plan))
                .at("/run")
                .asText();
        assertThat(dump("Guests-exported-prod")).hasSize(2);
        succeeded(input(Place.BUCKET, "verify").put("run", run));
        succeeded(input(Place.BUCKET, "rollback").put("run", run));
        assertThat(dump("Guests-exported-prod")).isEmpty();
    }

    private static byte[] packed(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** The page that the refusal names. */
    private String report(DescribeExecutionResponse ended) {
        var address = ended.cause().substring(ended.cause().lastIndexOf("s3://rekey/"));
        return stack.get(address.substring("s3://rekey/".length()));
    }
}
