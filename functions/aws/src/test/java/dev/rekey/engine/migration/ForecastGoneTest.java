package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.rekey.aws.AwsClients;
import dev.rekey.aws.LocalTables;
import dev.rekey.aws.stores.LocalStores;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.report.RunOutcome;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.store.Tables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A run that deletes copies whose source records are gone takes what was forecast on DynamoDB Local, by what DynamoDB itself
 * reports: it reads them where they are found to be gone and where they are deleted, and deleting writes each index.
 */
final class ForecastGoneTest {
    private static final int RECORDS = 700;
    private static final KeyAttribute ID = new KeyAttribute("id", KeyType.S);
    private static final String PLAN = Plans.of("Clubs: {}", "Notes: { references: { club: Clubs } }");

    private final Random random = new Random(19);
    private final Tables tables;

    ForecastGoneTest() {
        var environment = new HashMap<>(LocalStores.environment());
        // DynamoDB Local has other tables for another access key.
        environment.put("AWS_ACCESS_KEY_ID", "forecastGone");
        LocalTables.create(environment, shapes());
        tables = new AwsClients(environment).tables(LocalTables.OWN_SIDE);
    }

    private static List<TableShape> shapes() {
        var club = new KeyAttribute("club", KeyType.S);
        return List.of(
                shape("src-Clubs", Map.of()),
                shape("src-Notes", Map.of()),
                shape("dst-Clubs", Map.of()),
                shape("dst-Notes", Map.of("byClub", List.of(club))));
    }

    private static TableShape shape(String name, Map<String, List<KeyAttribute>> indexes) {
        return new TableShape(new PhysicalTable(name), "", "", ID, Optional.empty(), indexes);
    }

    private void fill(String prefix, int records) {
        var clubs = new ArrayList<Map<String, AttributeValue>>();
        var notes = new ArrayList<Map<String, AttributeValue>>();
        for (int i = 0; i < records; i++) {
            clubs.add(World.record("id", prefix + "c" + i, "note", text(2_000)));
            notes.add(World.record("id", prefix + "n" + i, "club", prefix + "c" + i, "note", text(9_000)));
        }
        load("src-Clubs", clubs);
        load("src-Notes", notes);
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

    private void delete(String table, String prefix) {
        var keys = IntStream.range(0, RECORDS)
                .mapToObj(i -> new Key(Map.of("id", AttributeValue.fromS(prefix + i))))
                .toList();
        for (int from = 0; from < keys.size(); from += Tables.WRITE_BATCH) {
            var batch = keys.subList(from, Math.min(keys.size(), from + Tables.WRITE_BATCH));
            assertThat(tables.deleteAll(new PhysicalTable(table), batch).unprocessed())
                    .isEmpty();
        }
    }

    @Test
    void dynamoDbReportsTheUnitsThatWereForecast() {
        fill("old-", RECORDS);
        var world = new World();
        world.warm();
        var counted = new CountedTables(tables);
        world.replaceTables(tables);
        Migration.migrated(world, PLAN);
        delete("src-Clubs", "old-c");
        delete("src-Notes", "old-n");
        Migration.migrated(world, PLAN);
        // These were not copied before: the forecast takes it that nothing of what is copied is there.
        fill("new-", 100);
        world.replaceTables(counted);
        world.time().sleep(Duration.ofSeconds(1));
        var start = new Start(world, "deletes").asking(RunOptions.NOTHING.deletingGone(true));
        var migration = new Migration(world, PLAN, start, start.ready(Action.MIGRATE, PLAN));
        var forecast = migration.validate().survey().forecast();
        migration.begin();
        assertThat(migration.migrate().failures()).isZero();
        assertThat((double) forecast.consumption().writeUnits()).isCloseTo(counted.writes(), withPercentage(2));
        assertThat((double) forecast.consumption().readUnits()).isCloseTo(counted.reads(), withPercentage(2));
        assertThat(forecast.tables())
                .filteredOn(one -> one.table().isGone())
                .hasSize(2)
                .allSatisfy(one -> {
                    assertThat(one.readUnits()).isPositive();
                    assertThat(one.writeUnits()).isPositive();
                });
        var work = migration.report(RunOutcome.MIGRATED).work();
        assertThat(work.timelines().stream()
                        .flatMap(timeline -> timeline.tables().stream())
                        .mapToDouble(table -> table.consumed().objectWrites())
                        .sum())
                .isCloseTo((double) forecast.consumption().ofSegments().objectWrites(), withPercentage(2));
        assertThat(work.tables().values().stream()
                        .mapToLong(table -> Counted.DELETED.in(table.counts()))
                        .sum())
                .isEqualTo(2 * RECORDS);
    }
}
