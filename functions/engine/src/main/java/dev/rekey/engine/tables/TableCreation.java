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
import dev.rekey.engine.tables.ComparedTable.TableOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;

/** Creates what a comparison found missing. */
public final class TableCreation {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    /** A table's backups can be set up some time after the table is active. */
    private static final Duration LONGEST_WAIT_FOR_BACKUPS = Duration.ofMinutes(5);

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);

    private final TableDefinitions targets;
    private final Time time;
    private final BiConsumer<String, Optional<String>> done;

    /**
     * @param done is told of everything as soon as it was asked for and accepted: in words, and of a table also its id
     */
    public TableCreation(TableDefinitions targets, Time time, BiConsumer<String, Optional<String>> done) {
        this.targets = targets;
        this.time = time;
        this.done = done;
    }

    /** What will be created, in words and in the order in which it will be. */
    public static List<String> of(List<ComparedTable> compared) {
        var tables = missing(compared).map(definition -> words(definition.table()));
        var indexes = compared.stream()
                .flatMap(table -> table.creatable().stream().map(index -> words(index.indexName(), table.table())));
        var options = compared.stream()
                .flatMap(table -> table.completable().stream()
                        .map(option -> words(option, table.wanted().orElseThrow())));
        return Stream.of(tables, options, indexes).flatMap(one -> one).toList();
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
        // One at a time: DynamoDB refuses several with indexes at once.
        for (var definition : missing) {
            var table = definition.table();
            var id = settled(() -> targets.create(definition.request()).orElse(""), () -> ours(definition));
            done.accept(words(table), Optional.of(id).filter(known -> !known.isEmpty()));
            await(table);
        }
        missing.forEach(this::options);
        compared.forEach(this::complete);
        compared.stream()
                .filter(table -> table.role() != Role.IN_PLACE)
                .forEach(table -> table.creatable().forEach(index -> index(table, index)));
    }

    private static Stream<TableDefinition> missing(List<ComparedTable> compared) {
        return compared.stream().filter(ComparedTable::isToBeCreated).flatMap(table -> table.wanted().stream());
    }

    /** The id of a table that is there and is what was asked for. */
    private Optional<String> ours(TableDefinition definition) {
        return targets.find(definition.table())
                .filter(found -> new TableComparison(definition, found)
                        .all(() -> false, () -> false).differences().stream()
                                .noneMatch(difference -> difference.what().equals("key")
                                        || difference.what().contains("index")))
                .map(found -> targets.id(found.table()).orElse(""));
    }

    /**
     * What {@code request} gives. It is sent again while DynamoDB does other such work. If an answer was lost, what is there by
     * now tells whether the request was done.
     */
    private <T> T settled(Supplier<T> request, Supplier<Optional<T>> found) {
        var end = time.instant().plus(LONGEST_WAIT);
        boolean unknown = false;
        while (true) {
            try {
                return request.get();
            } catch (StoreException e) {
                unknown |= e.kind() == Kind.UNAVAILABLE;
                var there = unknown ? found.get() : Optional.<T>empty();
                if (there.isPresent()) {
                    return there.get();
                }
                boolean again = e.kind() == Kind.THROTTLED || e.kind() == Kind.UNAVAILABLE;
                if (!again || time.instant().isAfter(end)) {
                    throw e;
                }
                time.sleep(BETWEEN_TRIES);
            }
        }
    }

    /** What CreateTable does not take. */
    private void options(TableDefinition definition) {
        if (definition.timeToLive().flatMap(TimeToLive::attribute).isPresent()) {
            turnOn(TableOption.TIME_TO_LIVE, definition);
        }
        if (definition.recovery() == PointInTimeRecovery.ON) {
            turnOn(TableOption.RECOVERY, definition);
        }
    }

    /** What an earlier creation of the table did not come to. */
    private void complete(ComparedTable table) {
        if (!table.completable().isEmpty()) {
            await(table.table());
            table.completable().forEach(option -> turnOn(option, table.wanted().orElseThrow()));
        }
    }

    private void turnOn(TableOption option, TableDefinition definition) {
        var table = definition.table();
        switch (option) {
            case TIME_TO_LIVE -> targets.expire(table, expiry(definition));
            case RECOVERY -> makeRecoverable(table);
        }
        done.accept(words(option, definition), Optional.empty());
    }

    private static String expiry(TableDefinition definition) {
        return definition.timeToLive().flatMap(TimeToLive::attribute).orElseThrow();
    }

    /** What is on already can be turned on again, so a request without an answer is repeated, too. */
    private void makeRecoverable(PhysicalTable table) {
        var end = time.instant().plus(LONGEST_WAIT_FOR_BACKUPS);
        while (true) {
            try {
                targets.makeRecoverable(table);
                return;
            } catch (StoreException e) {
                boolean later = e.kind() == Kind.THROTTLED || e.kind() == Kind.UNAVAILABLE;
                if (!later || time.instant().isAfter(end)) {
                    throw e;
                }
                time.sleep(BETWEEN_TRIES);
            }
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
        refuseIfFilled(table.table(), index.indexName());
        var _ = settled(
                () -> {
                    targets.createIndex(table.table(), paidAs(found, index), types);
                    return true;
                },
                () -> targets.find(table.table())
                        .filter(now -> now.request().globalSecondaryIndexes().stream()
                                .anyMatch(one -> one.indexName().equals(index.indexName())))
                        .map(_ -> true));
        done.accept(words(index.indexName(), table.table()), Optional.empty());
        await(table.table());
    }

    /** The table was empty when it was compared; a person may have taken time to confirm, and other indexes to fill. */
    private void refuseIfFilled(PhysicalTable table, String index) {
        if (!targets.isEmpty(table)) {
            throw new StoreException(
                    Kind.INVALID,
                    "Cannot create the " + words(index, table)
                            + ": the table holds records by now. The table was not changed."
                            + " Create the index yourself, or empty the table and run the command again.");
        }
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

    private static String words(TableOption option, TableDefinition definition) {
        return switch (option) {
            case TIME_TO_LIVE -> "time to live of " + definition.table() + " by " + expiry(definition);
            case RECOVERY -> "point-in-time recovery of " + definition.table();
        };
    }

    private static String words(String index, PhysicalTable table) {
        return "index " + index + " of " + table;
    }
}
