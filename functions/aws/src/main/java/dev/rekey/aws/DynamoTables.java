package dev.rekey.aws;

import dev.rekey.core.item.ItemSize;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.UpdateExpression;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteRequest;
import software.amazon.awssdk.services.dynamodb.model.DestinationStatus;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Tables of DynamoDB. For several threads at once.
 *
 * <p>A condition on an item without its key ({@code Absent}, or {@code Attributes} of a put) needs the names of the
 * table's keys. They are those that items of the table were read by; where none was read, the table is asked for them once:
 * make one of these for each invocation, so that a table that was dropped and made anew with other keys is noticed.
 */
public final class DynamoTables implements Tables {
    private static final ReturnConsumedCapacity TOTAL = ReturnConsumedCapacity.TOTAL;
    private static final int WRITE_UNIT_BYTES = 1024;
    private static final Set<DestinationStatus> FED =
            EnumSet.of(DestinationStatus.ENABLING, DestinationStatus.ACTIVE, DestinationStatus.UPDATING);

    private final DynamoDbClient reads;
    private final DynamoDbClient writes;
    private final Map<PhysicalTable, List<String>> keyNames = new ConcurrentHashMap<>();

    /**
     * @param reads may try again by itself
     * @param writes makes one attempt only, so that a lost answer is told as {@link WriteOutcome.Unknown} and not hidden
     *     behind the answer to a second attempt. (Should a client retry nevertheless, a second attempt of our own write
     *     gives {@link WriteOutcome.ConditionFailed} whose {@code found} is what we wrote.)
     */
    public DynamoTables(DynamoDbClient reads, DynamoDbClient writes) {
        this.reads = reads;
        this.writes = writes;
    }

    @Override
    public Optional<TableShape> describe(PhysicalTable table) {
        keyNames.remove(table);
        var shape = shape(table)
                .map(found -> found.expiringBy(timeToLive(table)))
                .map(found ->
                        feedsKinesis(table) ? found.followedBy(found.followers().feedingKinesis()) : found);
        shape.ifPresent(found -> keyNames.put(table, names(found)));
        return shape;
    }

    /** Without what the table says of time to live. */
    private Optional<TableShape> shape(PhysicalTable table) {
        try {
            var description =
                    reads.describeTable(r -> r.tableName(table.name())).table();
            return description.tableStatus() == TableStatus.DELETING
                    ? Optional.empty()
                    : Optional.of(Descriptions.shape(table, description));
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw SdkFailure.of(read("DescribeTable", "describe", table), e).exception();
        }
    }

    /** The names of all tables in this account and region. */
    public List<PhysicalTable> names() {
        var request = new SdkRequest("dynamodb:ListTables", "list the tables", "the tables of the account", false);
        return answer(
                request,
                () -> reads.listTablesPaginator().tableNames().stream()
                        .map(PhysicalTable::new)
                        .toList());
    }

    /** DynamoDB Local, which has no Kinesis, does not know the request. */
    private boolean feedsKinesis(PhysicalTable table) {
        return answer(read("DescribeKinesisStreamingDestination", "describe the Kinesis streams of", table), () -> {
            try {
                return reads
                        .describeKinesisStreamingDestination(r -> r.tableName(table.name()))
                        .kinesisDataStreamDestinations()
                        .stream()
                        .anyMatch(stream -> FED.contains(stream.destinationStatus()));
            } catch (DynamoDbException e) {
                if ("UnknownOperationException".equals(e.awsErrorDetails().errorCode())) {
                    return false;
                }
                throw e;
            }
        });
    }

    private Optional<String> timeToLive(PhysicalTable table) {
        return answer(read("DescribeTimeToLive", "describe the time to live of", table), () -> {
            var description =
                    reads.describeTimeToLive(r -> r.tableName(table.name())).timeToLiveDescription();
            return switch (description.timeToLiveStatus()) {
                case ENABLED, ENABLING -> Optional.of(description.attributeName());
                case DISABLED, DISABLING, UNKNOWN_TO_SDK_VERSION -> Optional.<String>empty();
            };
        });
    }

    @Override
    public List<String> deniedToWriter(TableShape table, Writing writing) {
        return new WriterProbe(this, table).denied(writing);
    }

    @Override
    public Scanned scan(Scan scan) {
        return answer(read("Scan", "scan", scan.table()), () -> {
            var page = reads.scan(r -> r.tableName(scan.table().name())
                    .segment(scan.segment())
                    .totalSegments(scan.totalSegments())
                    .exclusiveStartKey(scan.from().map(Cursor::lastEvaluatedKey).orElse(null))
                    .limit(scan.limit() == 0 ? null : scan.limit())
                    .consistentRead(scan.consistent())
                    .returnConsumedCapacity(TOTAL));
            return new Scanned(
                    page.items(),
                    cursor(page.hasLastEvaluatedKey(), page.lastEvaluatedKey()),
                    units(page.consumedCapacity()));
        });
    }

    @Override
    public Scanned query(Query query) {
        var names = new HashMap<>(Map.of("#k", query.partitionKey().name()));
        var values = new HashMap<>(Map.of(":v", query.value()));
        query.upTo().ifPresent(upTo -> {
            names.put("#s", upTo.sortKey().name());
            values.put(":s", upTo.value());
        });
        return answer(read("Query", "query", query.table()), () -> {
            var page = reads.query(r -> r.tableName(query.table().name())
                    .keyConditionExpression(
                            "#k = :v" + query.upTo().map(_ -> " AND #s <= :s").orElse(""))
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values)
                    .exclusiveStartKey(
                            query.from().map(Cursor::lastEvaluatedKey).orElse(null))
                    .limit(query.limit() == 0 ? null : query.limit())
                    .consistentRead(query.consistent())
                    .returnConsumedCapacity(TOTAL));
            return new Scanned(
                    page.items(),
                    cursor(page.hasLastEvaluatedKey(), page.lastEvaluatedKey()),
                    units(page.consumedCapacity()));
        });
    }

    @Override
    public ReadAnswer read(PhysicalTable table, List<Key> keys) {
        // A write under a condition needs their names, and must not wait for DescribeTable: its writer has looked at
        // the clock.
        keys.stream()
                .findFirst()
                .ifPresent(key ->
                        keyNames.putIfAbsent(table, List.copyOf(key.attributes().keySet())));
        var wanted = KeysAndAttributes.builder()
                .keys(keys.stream().map(Key::attributes).toList())
                .consistentRead(true)
                .build();
        BatchGetItemResponse answer = answer(
                read("BatchGetItem", "read items of", table),
                () -> reads.batchGetItem(
                        r -> r.requestItems(Map.of(table.name(), wanted)).returnConsumedCapacity(TOTAL)));
        var left = answer.unprocessedKeys().get(table.name());
        return new ReadAnswer(
                answer.responses().getOrDefault(table.name(), List.of()),
                left == null ? List.of() : left.keys().stream().map(Key::new).toList(),
                units(answer.consumedCapacity()));
    }

    @Override
    public WriteAnswer putAll(PhysicalTable table, List<Map<String, AttributeValue>> items) {
        var puts = items.stream()
                .map(item -> PutRequest.builder().item(item).build())
                .map(put -> WriteRequest.builder().putRequest(put).build())
                .toList();
        var answer = batch("put items into", table, puts);
        return new WriteAnswer(
                left(answer, table).map(one -> one.putRequest().item()).toList(), units(answer.consumedCapacity()));
    }

    @Override
    public DeleteAnswer deleteAll(PhysicalTable table, List<Key> keys) {
        var deletes = keys.stream()
                .map(key -> DeleteRequest.builder().key(key.attributes()).build())
                .map(delete -> WriteRequest.builder().deleteRequest(delete).build())
                .toList();
        var answer = batch("delete items of", table, deletes);
        return new DeleteAnswer(
                left(answer, table)
                        .map(one -> new Key(one.deleteRequest().key()))
                        .toList(),
                units(answer.consumedCapacity()));
    }

    private BatchWriteItemResponse batch(String verb, PhysicalTable table, List<WriteRequest> requests) {
        return answer(
                write("BatchWriteItem", verb, table),
                () -> writes.batchWriteItem(
                        r -> r.requestItems(Map.of(table.name(), requests)).returnConsumedCapacity(TOTAL)));
    }

    private static Stream<WriteRequest> left(BatchWriteItemResponse answer, PhysicalTable table) {
        return answer.unprocessedItems().getOrDefault(table.name(), List.of()).stream();
    }

    @Override
    public WriteOutcome put(PhysicalTable table, Map<String, AttributeValue> item, Expected expected) {
        var condition = Condition.of(expected, keyNames(table));
        return outcome(write("PutItem", "put an item into", table), item, () -> {
            var answer = writes.putItem(r -> r.tableName(table.name())
                    .item(item)
                    .conditionExpression(condition.expression())
                    .expressionAttributeNames(condition.names())
                    .expressionAttributeValues(condition.valuesOrNull())
                    .returnValues(ReturnValue.ALL_OLD)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                    .returnConsumedCapacity(TOTAL));
            return new WriteOutcome.Done(
                    present(answer.hasAttributes(), answer.attributes()), units(answer.consumedCapacity()));
        });
    }

    @Override
    public WriteOutcome delete(PhysicalTable table, Key key, Expected expected) {
        var condition = Condition.of(expected, List.copyOf(key.attributes().keySet()));
        return outcome(write("DeleteItem", "delete an item of", table), Map.of(), () -> {
            var answer = writes.deleteItem(r -> r.tableName(table.name())
                    .key(key.attributes())
                    .conditionExpression(condition.expression())
                    .expressionAttributeNames(condition.names())
                    .expressionAttributeValues(condition.valuesOrNull())
                    .returnValues(ReturnValue.ALL_OLD)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                    .returnConsumedCapacity(TOTAL));
            return new WriteOutcome.Done(
                    present(answer.hasAttributes(), answer.attributes()), units(answer.consumedCapacity()));
        });
    }

    @Override
    public WriteOutcome update(Update update) {
        var expression = UpdateExpression.of(update);
        return outcome(write("UpdateItem", "update an item of", update.table()), update.set(), () -> {
            var answer = writes.updateItem(r -> r.tableName(update.table().name())
                    .key(update.key().attributes())
                    .conditionExpression(expression.condition())
                    .updateExpression(expression.change())
                    .expressionAttributeNames(expression.names())
                    .expressionAttributeValues(expression.values().isEmpty() ? null : expression.values())
                    .returnValues(ReturnValue.UPDATED_OLD)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                    .returnConsumedCapacity(TOTAL));
            return new WriteOutcome.Done(
                    present(answer.hasAttributes(), answer.attributes()), units(answer.consumedCapacity()));
        });
    }

    private List<String> keyNames(PhysicalTable table) {
        // Other callers that need the same wait instead of asking too.
        return keyNames.computeIfAbsent(
                table, _ -> shape(table).map(DynamoTables::names).orElseThrow(() -> missing(table)));
    }

    private static List<String> names(TableShape shape) {
        return shape.keyAttributes().stream().map(KeyAttribute::name).toList();
    }

    private static StoreException missing(PhysicalTable table) {
        return new StoreException(
                StoreException.Kind.MISSING,
                "Cannot put an item into the table " + table + ": the table does not exist. Nothing was written. "
                        + "Check the name of the table, the account and the region.");
    }

    private static SdkRequest read(String action, String verb, PhysicalTable table) {
        return new SdkRequest("dynamodb:" + action, verb + " the table " + table, "the table " + table, false);
    }

    private static SdkRequest write(String action, String verb, PhysicalTable table) {
        return new SdkRequest("dynamodb:" + action, verb + " the table " + table, "the table " + table, true);
    }

    private static <T> T answer(SdkRequest request, Supplier<T> work) {
        try {
            return work.get();
        } catch (SdkException e) {
            throw SdkFailure.of(request, e).exception();
        }
    }

    private static WriteOutcome outcome(
            SdkRequest request, Map<String, AttributeValue> item, Supplier<WriteOutcome> work) {
        try {
            return work.get();
        } catch (ConditionalCheckFailedException e) {
            var found = present(e.hasItem(), e.item());
            return new WriteOutcome.ConditionFailed(found, unitsOfFailedCondition(item, found));
        } catch (SdkException e) {
            var failure = SdkFailure.of(request, e);
            return switch (failure.kind()) {
                case THROTTLED -> new WriteOutcome.Throttled(failure.message());
                case UNAVAILABLE -> new WriteOutcome.Unknown(failure.message());
                case DENIED, MISSING, INVALID -> throw failure.exception();
            };
        }
    }

    /** DynamoDB does not say, so this is what its documentation says: as many as the larger of the two items. */
    private static double unitsOfFailedCondition(
            Map<String, AttributeValue> item, Optional<Map<String, AttributeValue>> found) {
        int bytes = Math.max(ItemSize.bytes(item), found.map(ItemSize::bytes).orElse(0));
        return Math.max(1, Math.ceilDiv(bytes, WRITE_UNIT_BYTES));
    }

    private static Optional<Map<String, AttributeValue>> present(boolean present, Map<String, AttributeValue> item) {
        return present && !item.isEmpty() ? Optional.of(item) : Optional.empty();
    }

    private static Optional<Cursor> cursor(boolean present, Map<String, AttributeValue> lastEvaluatedKey) {
        return present(present, lastEvaluatedKey).map(Cursor::new);
    }

    private static double units(List<ConsumedCapacity> capacities) {
        return capacities.stream().mapToDouble(DynamoTables::units).sum();
    }

    private static double units(ConsumedCapacity capacity) {
        return capacity == null || capacity.capacityUnits() == null ? 0 : capacity.capacityUnits();
    }
}
