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
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A plan that copies tables and changes others in place takes what was forecast on DynamoDB Local, by what DynamoDB itself
 * reports: each table by its mode, and the records of the other mode that values are taken from.
 */
final class ForecastMixedTest {
    private static final int RECORDS = 200;
    private static final KeyAttribute ID = new KeyAttribute("id", KeyType.S);
    private static final String PLAN = """
        plan: p
        source: { tables: "src-{table}" }
        target: { tables: "dst-{table}" }
        identity: { rule: keep }
        tables:
          Companies: { mode: inPlace, set: { kind: firm } }
          Customers:
            identity: { rule: derive, namespace: n }
            references: { company: Companies }
            set: { kind: { through: company, take: kind } }
          Orders:
            mode: inPlace
            where: { state: open }
            references: { customer: { family: Customers, as: customer_id } }
            set: { company: { through: customer, take: company } }
        """;

    private final Random random = new Random(17);
    private final Tables tables;

    ForecastMixedTest() {
        var environment = new HashMap<>(LocalStores.environment());
        // DynamoDB Local has other tables for another access key.
        environment.put("AWS_ACCESS_KEY_ID", "forecastMixed");
        LocalTables.create(environment, shapes());
        tables = new AwsClients(environment).tables(LocalTables.OWN_SIDE);
    }

    private static List<TableShape> shapes() {
        var company = new KeyAttribute("company", KeyType.S);
        return List.of(
                shape("src-Companies", Map.of()),
                shape("src-Customers", Map.of()),
                shape("dst-Customers", Map.of("byCompany", List.of(company))),
                shape("src-Orders", Map.of("byCompany", List.of(company))));
    }

    private static TableShape shape(String name, Map<String, List<KeyAttribute>> indexes) {
        return new TableShape(new PhysicalTable(name), "", "", ID, Optional.empty(), indexes);
    }

    private void fill() {
        var companies = new ArrayList<Map<String, AttributeValue>>();
        var customers = new ArrayList<Map<String, AttributeValue>>();
        var orders = new ArrayList<Map<String, AttributeValue>>();
        for (int i = 0; i < RECORDS; i++) {
            companies.add(World.record("id", "c" + i, "note", text(6_000)));
            customers.add(World.record("id", "u" + i, "company", "c" + i, "note", text(9_000)));
            orders.add(World.record(
                    "id", "o" + i, "customer", "u" + i, "state", i % 3 > 0 ? "open" : "closed", "note", text(4_000)));
        }
        load("src-Companies", companies);
        load("src-Customers", customers);
        load("src-Orders", orders);
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
        var migration = Migration.prepared(world, PLAN);
        var forecast = migration.validate().survey().forecast();
        migration.begin();
        assertThat(migration.migrate().failures()).isZero();
        assertThat((double) forecast.consumption().writeUnits()).isCloseTo(counted.writes(), withPercentage(2));
        assertThat((double) forecast.consumption().readUnits()).isCloseTo(counted.reads(), withPercentage(2));
        new MeasuredSegments(migration, forecast).areAsForecast();
    }
}
