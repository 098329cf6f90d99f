package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.rekey.aws.AwsClients;
import dev.rekey.aws.LocalTables;
import dev.rekey.aws.stores.LocalStores;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A whole migration on DynamoDB Local takes what was forecast, by what DynamoDB itself reports. */
final class ForecastTest {
    private static final String PLAN = Plans.of(
                    "Customers: {}",
                    "Orders: { references: { customerId: Customers }, set: { customer: { through: customerId, take: name } } }",
                    """
            Lines: { key: { orderId: Orders, line: keep } }\
            """,
                    "Settings: { identity: { rule: keep } }",
                    "Cats: { from: Pets, match: { sort: cat } }",
                    "Dogs: { from: Pets, match: { sort: dog }, references: { owner: Customers } }")
            .replace("tables:\n", "unmatched: leave\ntables:\n");
    private static final KeyAttribute ID = new KeyAttribute("id", KeyType.S);

    private static final int RECORDS = 200;

    private final Random random = new Random(7);
    private final Tables tables;

    ForecastTest() {
        var environment = new HashMap<>(LocalStores.environment());
        // DynamoDB Local has other tables for another access key.
        environment.put("AWS_ACCESS_KEY_ID", "forecast");
        for (var side : List.of("src-", "dst-")) {
            LocalTables.create(environment, shapes(side));
        }
        tables = new AwsClients(environment).tables(LocalTables.OWN_SIDE);
    }

    private static List<TableShape> shapes(String side) {
        var customer = new KeyAttribute("customerId", KeyType.S);
        var owner = new KeyAttribute("owner", KeyType.S);
        var status = new KeyAttribute("status", KeyType.S);
        var indexes = Map.of(
                "byCustomer",
                List.of(customer),
                "byStatus",
                List.of(status, customer),
                "byStatusOnly",
                List.of(status));
        return List.of(
                shape(side + "Customers", ID, Optional.empty(), Map.of()),
                shape(side + "Orders", ID, Optional.empty(), indexes)
                        .projecting(Map.of("byStatus", List.of(), "byStatusOnly", List.of("note"))),
                shape(
                        side + "Lines",
                        new KeyAttribute("orderId", KeyType.S),
                        Optional.of(new KeyAttribute("line", KeyType.N)),
                        Map.of()),
                shape(side + "Settings", ID, Optional.empty(), Map.of()),
                shape(side + "Pets", ID, Optional.empty(), Map.of("byOwner", List.of(owner))));
    }

    private static TableShape shape(
            String name, KeyAttribute partition, Optional<KeyAttribute> sort, Map<String, List<KeyAttribute>> indexes) {
        return new TableShape(new PhysicalTable(name), "", "", partition, sort, indexes);
    }

    private void fill() {
        var customers = new ArrayList<Map<String, AttributeValue>>();
        var orders = new ArrayList<Map<String, AttributeValue>>();
        var lines = new ArrayList<Map<String, AttributeValue>>();
        var settings = new ArrayList<Map<String, AttributeValue>>();
        var pets = new ArrayList<Map<String, AttributeValue>>();
        for (int i = 0; i < RECORDS; i++) {
            customers.add(record("id", "c-" + i, "name", text(3_000)));
            var order = record("id", "o-" + i, "customerId", "c-" + random.nextInt(RECORDS), "note", text(6_000));
            // An order without a status is in one index only.
            if (i % 3 > 0) {
                order.put("status", AttributeValue.fromS("open"));
            }
            orders.add(order);
            var line = record("orderId", "o-" + i, "what", text(500));
            line.put("line", AttributeValue.fromN("" + i));
            line.put("amount", AttributeValue.fromN("-12345678901234567890.12345"));
            line.put("tags", AttributeValue.fromSs(List.of("a", "bc")));
            line.put("deep", AttributeValue.fromM(Map.of("list", AttributeValue.fromL(List.of(order.get("note"))))));
            lines.add(line);
            var sort = List.of("cat", "dog", "fish").get(i % 3);
            pets.add(record("id", "a-" + i, "sort", sort, "owner", "c-" + i, "note", text(4_000)));
            settings.add(record("id", "s-" + i, "value", text(100)));
        }
        load("src-Customers", customers);
        load("src-Orders", orders);
        load("src-Lines", lines);
        load("src-Settings", settings);
        load("src-Pets", pets);
    }

    private Map<String, AttributeValue> record(String... namesAndValues) {
        return new HashMap<>(World.record(namesAndValues));
    }

    private String text(int most) {
        return "é".repeat(random.nextInt(most / 2)) + "x".repeat(random.nextInt(most / 2));
    }

    private void load(String table, List<Map<String, AttributeValue>> records) {
        for (int from = 0; from < records.size(); from += Tables.WRITE_BATCH) {
            var batch = records.subList(from, Math.min(records.size(), from + Tables.WRITE_BATCH));
            assertThat(tables.putAll(new PhysicalTable(table), batch).unprocessed())
                    .isEmpty();
        }
    }

    @Test
    void dynamoDbReportsTheUnitsThatWereForecast() {
        fill();
        var world = new World();
        world.warm();
        var counted = new CountedTables(tables);
        var requests = new HashMap<String, Integer>();
        world.replaceTables(counted);
        world.objects().intercept(counting(requests));
        var migration = Migration.prepared(world, PLAN);
        var forecast = migration.validate().survey().forecast();
        migration.begin();
        assertThat(migration.migrate().failures()).isZero();
        assertThat((double) forecast.consumption().writeUnits()).isCloseTo(counted.writes(), withPercentage(2));
        assertThat((double) forecast.consumption().readUnits()).isCloseTo(counted.reads(), withPercentage(2));
        int reads = requests.remove("get");
        int writes = requests.values().stream().mapToInt(Integer::intValue).sum();
        // Here nobody writes the report.
        assertThat((double) forecast.consumption().objectWrites()).isCloseTo(writes, withPercentage(20));
        // One process does everything, and reads once what each function reads that begins.
        assertThat((double) forecast.consumption().objectReads()).isCloseTo(reads, withPercentage(35));
        new MeasuredSegments(migration, forecast).areAsForecast();
    }

    private static Interceptor counting(Map<String, Integer> requests) {
        return new Interceptor() {
            @Override
            public void before(Call call) {
                requests.merge(call.name(), 1, Integer::sum);
            }

            @Override
            public void after(Call call) {}
        };
    }
}
