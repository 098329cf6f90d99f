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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Creating the parents that references lack on DynamoDB Local takes what was forecast, by what DynamoDB itself reports: the
 * further scan of the referring table, the parents that are looked up, and the parents that are written.
 */
final class ForecastCreatedTest {
    private static final int COMPANIES = 120;
    private static final int CONTACTS = 400;
    private static final KeyAttribute ID = new KeyAttribute("id", KeyType.S);
    private static final String[] TABLES = {
        "Companies: {}",
        "Contacts: { references: { company: { family: Companies, onOrphan: { create: { name: Unknown } },"
                + " onAbsent: { create: { name: Default }, per: tenant } } } }"
    };

    private final Random random = new Random(17);

    private static Tables tables(String plan) {
        var environment = new HashMap<>(LocalStores.environment());
        // DynamoDB Local has other tables for another access key.
        environment.put("AWS_ACCESS_KEY_ID", "forecastCreated" + plan.length());
        LocalTables.create(environment, shapes());
        return new AwsClients(environment).tables(LocalTables.OWN_SIDE);
    }

    private static List<TableShape> shapes() {
        var company = new KeyAttribute("company", KeyType.S);
        return List.of(
                shape("src-Companies", Map.of()),
                shape("src-Contacts", Map.of("byCompany", List.of(company))),
                shape("dst-Companies", Map.of()),
                shape("dst-Contacts", Map.of("byCompany", List.of(company))));
    }

    private static TableShape shape(String name, Map<String, List<KeyAttribute>> indexes) {
        return new TableShape(new PhysicalTable(name), "", "", ID, Optional.empty(), indexes);
    }

    /** Every third contact has no company; the company of every tenth is not there. */
    private void fill(Tables tables) {
        var companies = new ArrayList<Map<String, AttributeValue>>();
        var contacts = new ArrayList<Map<String, AttributeValue>>();
        for (int i = 0; i < COMPANIES; i++) {
            companies.add(World.record("id", "c" + i, "note", text(9_000)));
        }
        for (int i = 0; i < CONTACTS; i++) {
            var contact = new HashMap<>(World.record("id", "p" + i, "tenant", "t" + i % 90, "note", text(7_000)));
            if (i % 3 != 0) {
                contact.put("company", AttributeValue.fromS(i % 10 == 1 ? "lost" + i : "c" + i % COMPANIES));
            }
            contacts.add(contact);
        }
        load(tables, "src-Companies", companies);
        load(tables, "src-Contacts", contacts);
    }

    private String text(int most) {
        return "é".repeat(random.nextInt(most / 2)) + "x".repeat(1 + random.nextInt(most / 2));
    }

    private static void load(Tables tables, String table, List<Map<String, AttributeValue>> records) {
        for (int from = 0; from < records.size(); from += Tables.WRITE_BATCH) {
            var batch = records.subList(from, Math.min(records.size(), from + Tables.WRITE_BATCH));
            assertThat(tables.putAll(new PhysicalTable(table), batch).unprocessed())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void dynamoDbReportsTheUnitsThatWereForecast(boolean inPlace) {
        var plan = inPlace ? Plans.inPlace(TABLES) : Plans.of(TABLES);
        var tables = tables(plan);
        fill(tables);
        var world = new World();
        world.warm();
        var counted = new CountedTables(tables);
        world.replaceTables(counted);
        var migration = Migration.prepared(world, plan);
        var forecast = migration.validate().survey().forecast();
        migration.begin();
        assertThat(migration.migrate().failures()).isZero();
        assertThat((double) forecast.consumption().writeUnits()).isCloseTo(counted.writes(), withPercentage(2));
        assertThat((double) forecast.consumption().readUnits()).isCloseTo(counted.reads(), withPercentage(2));
        new MeasuredSegments(migration, forecast).areAsForecast();
    }
}
