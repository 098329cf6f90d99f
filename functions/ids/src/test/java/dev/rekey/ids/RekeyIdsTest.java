package dev.rekey.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.KeyType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class RekeyIdsTest {
    private static final String PLAN = """
        plan: tenants
        source: { tables: "{table}-old" }
        target: { tables: "{table}-new" }
        identity: { rule: derive, namespace: production }
        families:
          Tenants:
            rule: lookup
            mapping: { table: map, from: tenant, to: org, where: { active: true }, manyToOne: true }
          Codes: { rule: lookup, mapping: { file: codes.csv, from: old, to: new } }
          Regions: { rule: lookup, mapping: { ids: { "1": eu, "2": us } }, type: N, newType: S }
        tables:
          Contacts: { references: { tenant: Tenants } }
          Customers: { identity: { digits: 9 } }
          Settings: { identity: { rule: keep } }
        """;

    /** The mapping table, as it is at the moment. */
    private final List<Map<String, AttributeValue>> records = new ArrayList<>();

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> told = new ArrayList<>();
    private final RekeyIds ids = RekeyIds.ofPlan(PLAN)
            .tables((table, attributes, taker) -> {
                assertThat(table).isEqualTo("map");
                assertThat(attributes).containsExactly("tenant", "org", "active");
                reads.incrementAndGet();
                nanos.addAndGet(1_000_000);
                List.copyOf(records).forEach(taker);
            })
            .files(name -> {
                assertThat(name).isEqualTo("codes.csv");
                return "old,new\na,x\nb,y\n".getBytes(StandardCharsets.UTF_8);
            })
            .clock(nanos::get)
            .metrics(new Told())
            .build();

    private final class Told implements IdMetrics {
        @Override
        public void hit(String family) {
            told.add("hit " + family);
        }

        @Override
        public void miss(String family) {
            told.add("miss " + family);
        }

        @Override
        public void loaded(String family, int entries, Duration took) {
            told.add("loaded %s, %d entries, %d ms".formatted(family, entries, took.toMillis()));
        }

        @Override
        public void failed(String family, Duration took) {
            told.add("failed %s, %d ms".formatted(family, took.toMillis()));
        }
    }

    private void entry(String tenant, String org, boolean active) {
        records.add(Map.of(
                "tenant", AttributeValue.fromS(tenant),
                "org", AttributeValue.fromS(org),
                "active", AttributeValue.fromBool(active)));
    }

    private void later(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Test
    void computedIdsAreThoseOfTheMigration() {
        assertThat(ids.newId("Contacts", "contact-1")).contains("7d23e6a2-e538-81ef-ab9d-901cb0e1e280");
        assertThat(ids.newId("Customers", "1E2")).contains("140128792");
        assertThat(ids.newId("Customers", "no number")).isEmpty();
        assertThat(ids.newId("Settings", "theme")).contains("theme");
        assertThat(ids.oldIds("Settings", "theme")).containsExactly("theme");
        assertThat(ids.newId("Contacts", "")).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void derivedIdsHaveNoInverse() {
        assertThat(ids.reverses("Contacts")).isFalse();
        assertThat(ids.reverses("Tenants")).isTrue();
        assertThat(ids.reverses("Settings")).isTrue();
        assertThatThrownBy(() -> ids.oldIds("Contacts", "x")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aMappingIsReadFromTablesFilesAndThePlan() {
        entry("t1", "o1", true);
        entry("t2", "o1", true);
        entry("t3", "o3", false);
        assertThat(ids.newIds("Tenants", List.of("t2", "t3", "t1")))
                .containsExactly(Map.entry("t2", "o1"), Map.entry("t1", "o1"));
        assertThat(ids.oldIds("Tenants", List.of("o3", "o1"))).containsExactly(Map.entry("o1", List.of("t1", "t2")));
        assertThat(ids.oldIds("Tenants", "nobody")).isEmpty();
        assertThat(ids.newId("Codes", "b")).contains("y");
        assertThat(ids.newId("Regions", "2.0")).contains("us");
        assertThat(ids.oldIds("Regions", "eu")).containsExactly("1");
    }

    @Test
    void aMappingIsLoadedOnceInItsTimeToLive() {
        entry("t1", "o1", true);
        assertThat(ids.newId("Tenants", "t1")).contains("o1");
        entry("t2", "o2", true);
        later(Duration.ofMinutes(5).minusMillis(2));
        assertThat(ids.newId("Tenants", "t2")).isEmpty();
        later(Duration.ofMillis(2));
        assertThat(ids.newId("Tenants", "t2")).contains("o2");
        assertThat(reads).hasValue(2);
        assertThat(told)
                .containsExactly(
                        "miss Tenants",
                        "loaded Tenants, 1 entries, 1 ms",
                        "hit Tenants",
                        "miss Tenants",
                        "loaded Tenants, 2 entries, 1 ms");
    }

    @Test
    void refreshLoadsNowAndClearWithTheNextCall() {
        entry("t1", "o1", true);
        ids.refresh();
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "loaded Tenants, 1 entries, 1 ms",
                        "loaded Codes, 2 entries, 0 ms",
                        "loaded Regions, 2 entries, 0 ms");
        assertThat(ids.newId("Tenants", "t1")).contains("o1");
        entry("t2", "o2", true);
        ids.refresh();
        assertThat(ids.newId("Tenants", "t2")).contains("o2");
        entry("t3", "o3", true);
        ids.clear();
        assertThat(reads).hasValue(2);
        assertThat(ids.newId("Tenants", "t3")).contains("o3");
        assertThat(reads).hasValue(3);
    }

    @Test
    void aMappingThatCannotBeUsedIsAFailureAndNotAnAnswer() {
        assertThatThrownBy(() -> ids.newId("Tenants", "t1"))
                .isInstanceOf(MappingLoadException.class)
                .hasMessage("Cannot load the mapping of family Tenants: it has no entries.");
        entry("t1", "o1", true);
        entry("t1", "o2", true);
        for (int i = 0; i < 20; i++) {
            records.add(Map.of("active", AttributeValue.fromBool(true)));
        }
        assertThatThrownBy(() -> ids.newId("Tenants", "t1"))
                .hasMessage("Cannot load the mapping of family Tenants: a record of table map, old id t1:"
                        + " the old id has two new ones, o1 and o2. There are 20 more faults.")
                .isInstanceOfSatisfying(
                        MappingLoadException.class,
                        failure -> assertThat(failure.faults()).hasSize(10));
        assertThat(told).contains("failed Tenants, 1 ms").doesNotContain("hit Tenants");
    }

    @Test
    void afterAFailedRefreshTheEarlierMappingAnswersUntilItsTimeIsOver() {
        entry("t1", "o1", true);
        ids.refresh();
        entry("t1", "o2", true);
        assertThatThrownBy(ids::refresh).isInstanceOf(MappingLoadException.class);
        assertThat(ids.newId("Tenants", "t1")).contains("o1");
        later(Duration.ofMinutes(5));
        assertThatThrownBy(() -> ids.newId("Tenants", "t1")).isInstanceOf(MappingLoadException.class);
        records.removeLast();
        assertThat(ids.newId("Tenants", "t1")).contains("o1");
    }

    @Test
    void threadsThatNeedAMappingAtOnceWaitForOneLoad() throws Exception {
        var begun = new CountDownLatch(1);
        var loads = new AtomicInteger();
        var shared = RekeyIds.ofPlan(PLAN)
                .tables((table, attributes, taker) -> {
                    loads.incrementAndGet();
                    await(begun);
                    taker.accept(Map.of(
                            "tenant", AttributeValue.fromS("t1"),
                            "org", AttributeValue.fromS("o1"),
                            "active", AttributeValue.fromBool(true)));
                })
                .files(name -> new byte[0])
                .build();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = IntStream.range(0, 50)
                    .mapToObj(i ->
                            threads.submit(() -> shared.newId("Tenants", "t1").orElseThrow()))
                    .toList();
            begun.countDown();
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo("o1");
            }
        }
        assertThat(loads).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsAskedWronglyIsNamed() {
        assertThatThrownBy(() -> ids.newId("Nobody", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the plan has no family Nobody, only Codes, Contacts, Customers, Regions, Settings, Tenants");
        assertThatThrownBy(() -> ids.oldIds("Nobody", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RekeyIds.ofPlan("plan: p"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tables");
        assertThatThrownBy(() -> RekeyIds.ofPlan(PLAN).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("table map");
        assertThatThrownBy(() -> RekeyIds.ofPlan(PLAN).tables((_, _, _) -> {}).build())
                .hasMessageContaining("file codes.csv");
        assertThatThrownBy(() -> RekeyIds.ofPlan(PLAN).timeToLive(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theTypeOfKeysCanBeSaid() {
        var plan = """
            plan: p
            source: { tables: "{table}-old" }
            target: { tables: "{table}-new" }
            identity: { rule: keep }
            tables: { A: {} }
            """;
        assertThat(RekeyIds.ofPlan(plan).type("A", KeyType.N).build().newId("A", "1.0"))
                .contains("1");
        assertThat(RekeyIds.ofPlan(plan).build().newId("A", "1.0")).contains("1.0");
        assertThatThrownBy(() -> RekeyIds.ofPlan(plan).type("B", KeyType.N).build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileIsReadBesideThePlan(@TempDir Path folder) throws IOException {
        var plan = Files.writeString(folder.resolve("plan.yaml"), PLAN);
        var built = RekeyIds.ofPlan(plan).tables((_, _, _) -> {}).build();
        assertThatThrownBy(() -> built.newId("Codes", "a"))
                .isInstanceOf(MappingLoadException.class)
                .hasMessageContaining("codes.csv cannot be read");
        Files.writeString(folder.resolve("codes.csv"), "old,now\na,x\n");
        assertThatThrownBy(() -> built.newId("Codes", "a")).hasMessageContaining("it has no column new");
        Files.writeString(folder.resolve("codes.csv"), "old,new\na,x\n");
        assertThat(built.newId("Codes", "a")).contains("x");
    }
}
