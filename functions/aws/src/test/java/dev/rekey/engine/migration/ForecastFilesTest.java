package dev.rekey.engine.migration;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.Tables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** An import of files takes what was forecast: units of the target by what DynamoDB reports, and requests for the files. */
final class ForecastFilesTest {
    private static final String PLAN = """
        plan: import
        source: { files: "s3://files/inbox/{table}.csv" }
        target: { tables: "dst-{table}" }
        identity: { rule: derive, namespace: n }
        tables:
          Customers: { types: { age: N } }
          Orders:
            source: "s3://files/inbox/orders-*"
            format: json
            references: { customerId: Customers }
        """;
    private static final int RECORDS = 600;

    private final Random random = new Random(7);
    private final Tables tables;

    ForecastFilesTest() {
        var environment = new HashMap<>(LocalStores.environment());
        // DynamoDB Local has other tables for another access key.
        environment.put("AWS_ACCESS_KEY_ID", "forecastFiles");
        var customer = new KeyAttribute("customerId", KeyType.S);
        LocalTables.create(
                environment,
                List.of(shape("Customers", Map.of()), shape("Orders", Map.of("byCustomer", List.of(customer)))));
        tables = new AwsClients(environment).tables(LocalTables.OWN_SIDE);
    }

    private static TableShape shape(String name, Map<String, List<KeyAttribute>> indexes) {
        return new TableShape(
                new PhysicalTable("dst-" + name), "", "", new KeyAttribute("id", KeyType.S), Optional.empty(), indexes);
    }

    private String text(int most) {
        return "é".repeat(random.nextInt(most / 2)) + "x".repeat(1 + random.nextInt(most / 2));
    }

    private void fill(World world) throws IOException {
        var customers = new StringBuilder("id,age,note\n");
        var plain = new StringBuilder();
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < RECORDS; i++) {
                customers.append("c%d,%d,\"%s\"\n".formatted(i, i, text(9_000)));
                var order = "{\"id\":\"o%d\",\"customerId\":\"c%d\",\"note\":\"%s\"}\n"
                        .formatted(i, random.nextInt(RECORDS), text(5_000));
                if (i % 2 == 0) {
                    plain.append(order);
                } else {
                    gzip.write(order.getBytes(UTF_8));
                }
            }
        }
        put(world, "Customers.csv", customers.toString().getBytes(UTF_8));
        put(world, "orders-1.jsonl", plain.toString().getBytes(UTF_8));
        put(world, "orders-2.jsonl.gz", packed.toByteArray());
    }

    private static void put(World world, String name, byte[] content) {
        world.objects().put(new ObjectKey("inbox/" + name), content);
    }

    @Test
    void filesAndTablesTakeWhatWasForecast() throws IOException {
        var world = new World();
        fill(world);
        world.warm();
        var counted = new CountedTables(tables);
        world.replaceTables(counted);
        var migration = Migration.prepared(world, PLAN);
        var read = new AtomicInteger();
        world.objects().intercept(counting(read));
        var analysis = migration.validate();
        int once = read.getAndSet(0);
        assertThat(once).isGreaterThan(6);
        var forecast = analysis.survey().forecast();
        migration.begin();
        assertThat(migration.migrate().failures()).isZero();
        assertThat((double) forecast.consumption().writeUnits()).isCloseTo(counted.writes(), withPercentage(2));
        assertThat((double) forecast.consumption().readUnits()).isCloseTo(counted.reads(), withPercentage(2));
        // Copy and verification read the files as the analysis did.
        assertThat(read.get()).isEqualTo(2 * once);
        new MeasuredSegments(migration, forecast).areAsForecast();
    }

    private static Interceptor counting(AtomicInteger files) {
        return new Interceptor() {
            @Override
            public void before(Call call) {
                if (call.name().equals("get") && call.on().startsWith("inbox/")) {
                    files.incrementAndGet();
                }
            }

            @Override
            public void after(Call call) {}
        };
    }
}
