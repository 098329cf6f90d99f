package dev.rekey.engine.store;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.store.StoreException.Kind;
import dev.rekey.engine.store.TableDefinition.PointInTimeRecovery;
import dev.rekey.engine.store.TableDefinition.TimeToLive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;

/** Definitions in memory. What is created is ready only when somebody has looked twice. */
public final class InMemoryDefinitions implements TableDefinitions {
    private final Map<PhysicalTable, TableDefinition> tables = new HashMap<>();
    private final Set<PhysicalTable> filled = new HashSet<>();
    private final Set<PhysicalTable> unready = new HashSet<>();
    private final Set<PhysicalTable> stuck = new HashSet<>();
    private final Set<String> denied = new HashSet<>();

    private final Map<PhysicalTable, String> ids = new HashMap<>();
    private final Set<String> unanswered = new HashSet<>();
    private int earlyRequests;

    /** Every request that creates or changes something, in order. */
    public final List<String> changes = new ArrayList<>();

    /** Puts a table there that is ready. */
    public void add(TableDefinition definition) {
        tables.put(definition.table(), definition);
    }

    public void fill(PhysicalTable table) {
        filled.add(table);
    }

    /** {@code table} will never be ready once it is created. */
    public void delayForever(PhysicalTable table) {
        stuck.add(table);
    }

    /** So many requests for point-in-time recovery come too early. */
    public void delayBackups(int requests) {
        earlyRequests = requests;
    }

    /** Another user deletes the table and creates one like it. */
    public void replace(PhysicalTable table) {
        ids.put(table, "another-" + ids.size());
    }

    /** The request that would appear as {@code change} is done, and its answer is lost. */
    public void loseAnswer(String change) {
        unanswered.add(change);
    }

    /** What was denied is allowed. */
    public void allow() {
        denied.clear();
    }

    /** The request that would appear as {@code change} is not allowed. */
    public void deny(String change) {
        denied.add(change);
    }

    @Override
    public Optional<TableDefinition> find(PhysicalTable table) {
        return Optional.ofNullable(tables.get(table));
    }

    @Override
    public boolean isReady(PhysicalTable table) {
        return tables.containsKey(table) && !stuck.contains(table) && !unready.remove(table);
    }

    @Override
    public boolean isEmpty(PhysicalTable table) {
        return !filled.contains(table);
    }

    @Override
    public Optional<String> create(CreateTableRequest request) {
        var table = new PhysicalTable(request.tableName());
        // As AWS says of tables with secondary indexes: they "must be created sequentially".
        var busy = unready.stream()
                .anyMatch(other ->
                        !tables.get(other).request().globalSecondaryIndexes().isEmpty());
        if (busy && !request.globalSecondaryIndexes().isEmpty()) {
            throw new StoreException(Kind.THROTTLED, "Cannot create the table " + table + ": LimitExceededException");
        }
        change("create " + table);
        if (tables.containsKey(table)) {
            throw new StoreException(Kind.INVALID, "Cannot create the table " + table + ": it exists.");
        }
        tables.put(
                table,
                new TableDefinition(request, Optional.of(new TimeToLive(Optional.empty())), PointInTimeRecovery.OFF));
        unready.add(table);
        ids.put(table, "id-" + ids.size());
        answer("create " + table);
        return id(table);
    }

    @Override
    public Optional<String> id(PhysicalTable table) {
        return Optional.ofNullable(ids.get(table));
    }

    @Override
    public void createIndex(PhysicalTable table, GlobalSecondaryIndex index, List<AttributeDefinition> types) {
        var found = ready(table);
        change("create index " + index.indexName() + " of " + table);
        var indexes = new ArrayList<>(found.request().globalSecondaryIndexes());
        indexes.add(index);
        var attributes = new HashSet<>(found.request().attributeDefinitions());
        attributes.addAll(types);
        put(
                found,
                found.request().toBuilder()
                        .globalSecondaryIndexes(indexes)
                        .attributeDefinitions(attributes)
                        .build(),
                found.timeToLive(),
                found.recovery());
        unready.add(table);
        answer("create index " + index.indexName() + " of " + table);
    }

    @Override
    public void expire(PhysicalTable table, String attribute) {
        var found = ready(table);
        change("expire " + table + " by " + attribute);
        put(found, found.request(), Optional.of(new TimeToLive(Optional.of(attribute))), found.recovery());
    }

    @Override
    public void makeRecoverable(PhysicalTable table) {
        var found = ready(table);
        if (earlyRequests > 0) {
            earlyRequests--;
            throw new StoreException(
                    Kind.THROTTLED, "Cannot make " + table + " recoverable: its backups are not available yet.");
        }
        change("make " + table + " recoverable");
        put(found, found.request(), found.timeToLive(), PointInTimeRecovery.ON);
    }

    private void put(
            TableDefinition found,
            CreateTableRequest request,
            Optional<TimeToLive> timeToLive,
            PointInTimeRecovery recovery) {
        tables.put(found.table(), new TableDefinition(request, timeToLive, recovery));
    }

    /** DynamoDB changes no table that is still being created or changed. */
    private TableDefinition ready(PhysicalTable table) {
        if (!tables.containsKey(table) || unready.contains(table)) {
            throw new StoreException(Kind.INVALID, "Cannot change the table " + table + ": it is not active.");
        }
        return tables.get(table);
    }

    private void answer(String change) {
        if (unanswered.remove(change)) {
            throw new StoreException(Kind.UNAVAILABLE, "Cannot " + change + ": no answer was received.");
        }
    }

    private void change(String what) {
        if (denied.contains(what)) {
            throw new StoreException(Kind.DENIED, "Cannot " + what + ": access was denied. Nothing was written.");
        }
        changes.add(what);
    }
}
