package dev.rekey.engine.tables;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.Wording;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.StoreException.Kind;
import dev.rekey.engine.store.TableDefinition;
import dev.rekey.engine.store.TableDefinition.PointInTimeRecovery;
import dev.rekey.engine.store.TableDefinition.TimeToLive;
import dev.rekey.engine.store.TableDefinitions;
import dev.rekey.engine.store.Time;
import dev.rekey.engine.tables.ComparedTable.Role;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;

/** Creates what a comparison found missing. */
public final class TableCreation {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private final TableDefinitions targets;
    private final Time time;
    private final Consumer<String> done;

    /** @param done is told of everything as soon as it was asked for and accepted, in words */
    public TableCreation(TableDefinitions targets, Time time, Consumer<String> done) {
        this.targets = targets;
        this.time = time;
        this.done = done;
    }

    /** What will be created, in words and in the order in which it will be. */
    public static List<String> of(List<ComparedTable> compared) {
        var tables = missing(compared).map(definition -> words(definition.table()));
        var indexes = compared.stream()
                .flatMap(table -> table.creatable().stream().map(index -> words(index.indexName(), table.table())));
        return Stream.concat(tables, indexes).toList();
    }

    /**
     * Creates it and returns when it can be used.
     *
     * @throws IllegalArgumentException if something is refused
     * @throws StoreException if something cannot be created, or takes too long; what {@code done} was told of is there
     */
    public void create(List<ComparedTable> compared) {
        if (compared.stream().anyMatch(ComparedTable::isRefused)) {
            throw new IllegalArgumentException("something is refused");
        }
        var missing = missing(compared).toList();
        for (var definition : missing) {
            targets.create(definition.request());
            done.accept(words(definition.table()));
        }
        missing.forEach(definition -> await(definition.table()));
        missing.forEach(this::options);
        compared.stream()
                .filter(table -> table.role() != Role.IN_PLACE)
                .forEach(table -> table.creatable().forEach(index -> index(table, index)));
    }

    private static Stream<TableDefinition> missing(List<ComparedTable> compared) {
        return compared.stream().filter(ComparedTable::isToBeCreated).flatMap(table -> table.wanted().stream());
    }

    /** What CreateTable does not take. */
    private void options(TableDefinition definition) {
        var table = definition.table();
        definition.timeToLive().flatMap(TimeToLive::attribute).ifPresent(attribute -> {
            targets.expire(table, attribute);
            done.accept("time to live of " + table + " by " + attribute);
        });
        if (definition.recovery() == PointInTimeRecovery.ON) {
            targets.makeRecoverable(table);
            done.accept("point-in-time recovery of " + table);
        }
    }

    /** DynamoDB adds one index to a table at a time. */
    private void index(ComparedTable table, GlobalSecondaryIndex index) {
        var found = table.found().orElseThrow();
        var keys = index.keySchema().stream().map(key -> key.attributeName()).toList();
        var types = table.wanted().orElseThrow().request().attributeDefinitions().stream()
                .filter(definition -> keys.contains(definition.attributeName()))
                .toList();
        await(table.table());
        targets.createIndex(table.table(), paidAs(found, index), types);
        done.accept(words(index.indexName(), table.table()));
        await(table.table());
    }

    /** An index has the billing mode of its table, whatever that of the source is. */
    private static GlobalSecondaryIndex paidAs(TableDefinition table, GlobalSecondaryIndex index) {
        var provisioned = table.billing() == BillingMode.PROVISIONED;
        var own = index.provisionedThroughput();
        return index.toBuilder()
                .provisionedThroughput(
                        !provisioned
                                ? null
                                : own != null ? own : table.request().provisionedThroughput())
                .onDemandThroughput(provisioned ? null : index.onDemandThroughput())
                .build();
    }

    private void await(PhysicalTable table) {
        var end = time.instant().plus(LONGEST_WAIT);
        while (!targets.isReady(table)) {
            if (time.instant().isAfter(end)) {
                throw new StoreException(
                        Kind.UNAVAILABLE,
                        "Cannot wait for the table " + table + ": it is not active after "
                                + Wording.count(LONGEST_WAIT.toMinutes(), "minute")
                                + ". It is still being created. Run the command again when it is active.");
            }
            time.sleep(BETWEEN_LOOKS);
        }
    }

    private static String words(PhysicalTable table) {
        return "table " + table;
    }

    private static String words(String index, PhysicalTable table) {
        return "index " + index + " of " + table;
    }
}
