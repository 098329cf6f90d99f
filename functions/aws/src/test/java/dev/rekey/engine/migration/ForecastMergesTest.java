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
import dev.rekey.engine.store.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Merging records in place on DynamoDB Local takes what was forecast, by what DynamoDB itself reports: the scan of the table
 * whose records are compared, the records that are looked up by their ids, and the last level, which marks merged records.
 */
final class ForecastMergesTest {
    private static final int RECORDS = 200;
    private static final int MERGED = 60;
    private static final KeyAttribute ID = new KeyAttribute("id", KeyType.S);

    private final Random random = new Random(13);
    private final Tables tables;

    ForecastMergesTest() {
        var environment = new HashMap<>(LocalStores.environment());
        // DynamoDB Local has other tables for another access key.
        environment.put("AWS_ACCESS_KEY_ID", "forecastMerges");
        LocalTables.create(environment, shapes());
        tables = new AwsClients(environment).tables(LocalTables.OWN_SIDE);
    }

    /** An index shows what merged.set changes, and one what a reference becomes. */
    private static List<TableShape> shapes() {
        var state = new KeyAttribute("state", KeyType.S);
        var customer = new KeyAttribute("customer", KeyType.S);
        return List.of(
                shape("src-Customers", Map.of("byState", List.of(state))),
                shape("src-Clients", Map.of()),
                shape("src-Jobs", Map.of("byCustomer", List.of(customer))));
    }

    private static TableShape shape(String name, Map<String, List<KeyAttribute>> indexes) {
        return new TableShape(new PhysicalTable(name), "", "", ID, Optional.empty(), indexes);
    }

    private static String plan() {
        var into = IntStream.range(0, MERGED)
                .mapToObj(i -> "c" + (2 * i + 1) + ": c" + 2 * i)
                .collect(Collectors.joining(", "));
        return Plans.inPlace(
                "Customers: { merge: { into: { " + into + " } }, merged: { set: { state: merged } } }",
                "Clients: { references: { customer: Customers },"
                        + " merge: { matchBy: [name], within: customer, onMatch: merge },"
                        + " merged: { set: { gone: true } } }",
                "Jobs: { references: { customer: Customers, client: Clients } }");
    }

    private void fill() {
        var customers = new ArrayList<Map<String, AttributeValue>>();
        var clients = new ArrayList<Map<String, AttributeValue>>();
        var jobs = new ArrayList<Map<String, AttributeValue>>();
        for (int i = 0; i < RECORDS; i++) {
            customers.add(World.record("id", "c" + i, "state", "live", "note", text(9_000)));
            clients.add(World.record(
                    "id", "u" + i, "customer", "c" + i, "name", "name " + i / 2 % 40, "note", text(7_000)));
            jobs.add(World.record("id", "j" + i, "customer", "c" + i, "client", "u" + i, "note", text(3_000)));
        }
        load("src-Customers", customers);
        load("src-Clients", clients);
        load("src-Jobs", jobs);
    }

    private String text(int most) {
        return "é".repeat(random.nextInt(most / 2)) + "x".repeat(1 + random.nextInt(most / 2));
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
        world.replaceTables(counted);
        var migration = Migration.prepared(world, plan());
        var forecast = migration.validate().survey().forecast();
        // A migration looks the survivors up again before it begins to write.
        assertThat(migration.judgeAgain()).isEmpty();
        assertThat(migration.migrate().failures()).isZero();
        assertThat((double) forecast.consumption().writeUnits()).isCloseTo(counted.writes(), withPercentage(2));
        assertThat((double) forecast.consumption().readUnits()).isCloseTo(counted.reads(), withPercentage(2));
        new MeasuredSegments(migration, forecast).areAsForecast();
    }
}
