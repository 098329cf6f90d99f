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
 * A whole migration in place on DynamoDB Local takes what was forecast, by what DynamoDB itself reports: each update writes
 * the whole record, and every index in which it changes. Values of other records are read with each page.
 */
final class ForecastInPlaceTest {
    private static final String PLAN = """
        plan: p
        mode: inPlace
        source: { tables: "src-{table}" }
        unmatched: leave
        families:
          Tenants: { rule: lookup, mapping: { ids: { t0: o0, t1: o1, t2: o2 } } }
        tables:
          Profiles:
            references: { tenantId: { family: Tenants, as: orgId } }
            set: { label: "{% $record.name & ' of ' & $record.tenantId %}" }
          Claims:
            references: { tenantId: Tenants, profileId: Profiles }
            drop: [old]
            set: { profileName: { through: profileId, take: name } }
          Settings: { where: { kind: open }, set: { seen: true } }
          Cats: { from: Pets, match: { sort: cat }, set: { seen: true } }
          Dogs: { from: Pets, match: { sort: dog }, references: { tenantId: { family: Tenants, as: orgId } } }
        """;
    private static final KeyAttribute ID = new KeyAttribute("id", KeyType.S);
    private static final int RECORDS = 200;

    private final Random random = new Random(11);
    private final Tables tables;

    ForecastInPlaceTest() {
        var environment = new HashMap<>(LocalStores.environment());
        // DynamoDB Local has other tables for another access key.
        environment.put("AWS_ACCESS_KEY_ID", "forecastInPlace");
        LocalTables.create(environment, shapes());
        tables = new AwsClients(environment).tables(LocalTables.OWN_SIDE);
    }

    /** A new key in an index, another key in one, attributes that an index shows and that it does not. */
    private static List<TableShape> shapes() {
        var tenant = new KeyAttribute("tenantId", KeyType.S);
        var org = new KeyAttribute("orgId", KeyType.S);
        var kind = new KeyAttribute("kind", KeyType.S);
        return List.of(
                shape(
                                "src-Profiles",
                                Map.of(
                                        "byOrg",
                                        List.of(org, tenant),
                                        "byTenant",
                                        List.of(tenant),
                                        "byKind",
                                        List.of(kind)))
                        .projecting(Map.of("byOrg", List.of("name"), "byKind", List.of())),
                shape("src-Claims", Map.of("byTenant", List.of(tenant), "byTenantAlone", List.of(tenant)))
                        .projecting(Map.of("byTenantAlone", List.of())),
                shape("src-Settings", Map.of()),
                shape("src-Pets", Map.of("byOrg", List.of(org))));
    }

    private static TableShape shape(String name, Map<String, List<KeyAttribute>> indexes) {
        return new TableShape(new PhysicalTable(name), "", "", ID, Optional.empty(), indexes);
    }

    private void fill() {
        var profiles = new ArrayList<Map<String, AttributeValue>>();
        var claims = new ArrayList<Map<String, AttributeValue>>();
        var settings = new ArrayList<Map<String, AttributeValue>>();
        var pets = new ArrayList<Map<String, AttributeValue>>();
        for (int i = 0; i < RECORDS; i++) {
            var kind = i % 3 > 0 ? "open" : "closed";
            profiles.add(World.record(
                    "id", "p" + i, "tenantId", tenant(), "kind", kind, "name", text(1_000), "note", text(8_000)));
            claims.add(World.record(
                    "id",
                    "c" + i,
                    "tenantId",
                    tenant(),
                    "profileId",
                    "p" + i,
                    "old",
                    text(2_000),
                    "note",
                    text(5_000)));
            var sort = List.of("cat", "dog", "fish").get(i % 3);
            pets.add(World.record("id", "a" + i, "sort", sort, "tenantId", tenant(), "note", text(4_000)));
            settings.add(World.record("id", "s" + i, "kind", kind, "value", text(3_000)));
        }
        load("src-Profiles", profiles);
        load("src-Claims", claims);
        load("src-Settings", settings);
        load("src-Pets", pets);
    }

    private String tenant() {
        return "t" + random.nextInt(3);
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
