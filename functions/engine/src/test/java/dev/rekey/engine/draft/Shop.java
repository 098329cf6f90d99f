package dev.rekey.engine.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.KeyRole;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.TablePlan;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.scan.TableSource;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Concurrency;
import dev.rekey.engine.store.InMemoryTables;
import dev.rekey.engine.store.Time;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables in memory and the plan that is drafted from them. */
final class Shop {
    private static final String SUFFIX = "-staging";
    private final InMemoryTables tables = new InMemoryTables();
    private final List<SourceTable> sources = new ArrayList<>();
    private String text = "";

    /** Contacts with random ids, and an age that is none. */
    void people() {
        table("Contacts", "id:S");
        for (int i = 0; i < 30; i++) {
            put("Contacts", Map.of("id", s(uuid("Contacts", i)), "age", n(i)));
        }
    }

    /** @param keys such as {@code id:S} */
    Shop table(String name, String... keys) {
        return table(name, Map.of(), keys);
    }

    /** @param indexes keys of each, such as {@code id:S} */
    Shop table(String name, Map<String, List<String>> indexes, String... keys) {
        var attributes = attributes(List.of(keys));
        var ofIndexes = new HashMap<String, List<KeyAttribute>>();
        indexes.forEach((index, names) -> ofIndexes.put(index, attributes(names)));
        var sort = attributes.size() > 1 ? Optional.of(attributes.getLast()) : Optional.<KeyAttribute>empty();
        var shape = new TableShape(
                new PhysicalTable(name + SUFFIX), "0", "us-east-1", attributes.getFirst(), sort, ofIndexes);
        tables.createTable(shape);
        sources.add(new SourceTable(new TableName(name), shape));
        return this;
    }

    private static List<KeyAttribute> attributes(List<String> keys) {
        return keys.stream()
                .map(key -> key.split(":", -1))
                .map(key -> new KeyAttribute(key[0], KeyType.valueOf(key[1])))
                .toList();
    }

    Shop put(String table, Map<String, AttributeValue> item) {
        tables.load(new PhysicalTable(table + SUFFIX), List.of(item));
        return this;
    }

    /** A plan that its reader takes. */
    Map<String, TablePlan> draft() {
        var draft = new PlanDraft(
                new TableSource(tables, () -> new Backoff(new Still(), new Random(1), Instant.MAX), new OneByOne()),
                new OneByOne());
        text = draft.draft(
                        new TableTemplate("{table}" + SUFFIX), Optional.of(new TableTemplate("{table}-new")), sources)
                .text();
        var reading = PlanReader.read(text);
        assertThat(reading).as(text).isInstanceOf(PlanReading.Valid.class);
        var plans = new HashMap<String, TablePlan>();
        ((PlanReading.Valid) reading)
                .plan()
                .tables()
                .forEach(plan -> plans.put(plan.name().value(), plan));
        return plans;
    }

    /** The references of a table, {@code path: family} each. */
    List<String> references(String table) {
        return draft().get(table).references().stream()
                .map(reference -> reference.path() + ": " + reference.family())
                .sorted()
                .toList();
    }

    /** The key of a table, {@code attribute: role} each. */
    List<String> key(String table) {
        return draft().get(table).key().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + role(entry.getValue()))
                .sorted()
                .toList();
    }

    private static String role(KeyRole role) {
        return switch (role) {
            case KeyRole.Self _ -> "self";
            case KeyRole.Keep() -> "keep";
            case KeyRole.Refers(var family) -> family.value();
        };
    }

    /** What was drafted last. */
    String text() {
        return text;
    }

    static String uuid(String table, int index) {
        return UUID.nameUUIDFromBytes((table + index).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue n(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    private static final class OneByOne implements Concurrency {
        @Override
        public <T> Started<T> start(Supplier<T> work) {
            var result = work.get();
            return () -> result;
        }
    }

    private static final class Still implements Time {
        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }

        @Override
        public void sleep(Duration duration) {
            throw new AssertionError("nothing to wait for");
        }
    }
}
