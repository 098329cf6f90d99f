package dev.rekey.bench;

import static software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity.NONE;
import static software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity.TOTAL;

import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.load.Loader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What somebody would write without Rekey: nothing is logged, checked or resumed. */
record PlainLoops(DynamoDbClient client, DataSet set) {
    private static final int BATCH = 25;
    private static final int KEYS_AT_ONCE = 100;

    /** Takes pages of a table, several at once. */
    @FunctionalInterface
    interface Pages {
        void accept(ExampleTable table, List<Map<String, AttributeValue>> items);
    }

    /** Makes the tables of both sides and fills those of the source. */
    void load() {
        var loader = new Loader(client);
        loader.create(set.tables(), name -> name + set.source());
        loader.create(set.tables(), name -> name + set.target());
        loader.load(set.data().get(), name -> name + set.source());
    }

    /** Empties the target the quick way. */
    void emptyTarget() {
        set.tables().forEach(table -> client.deleteTable(request -> request.tableName(set.targetOf(table))));
        new Loader(client).create(set.tables(), name -> name + set.target());
    }

    /** So many scans at once, that write what they read, unchanged. */
    void copy(int atOnce) {
        scan(
                set::sourceOf,
                atOnce,
                (table, items) -> batches(items, BATCH)
                        .forEach(batch -> write(set.targetOf(table), batch, PlainLoops::put, NONE)));
    }

    /** The same with the requests that a migration makes: looks at each key before, and asks what was consumed. */
    void copyLooking(int atOnce) {
        scan(set::sourceOf, atOnce, (table, items) -> {
            var target = set.targetOf(table);
            look(target, keys(table, items));
            batches(items, BATCH).forEach(batch -> write(target, batch, PlainLoops::put, TOTAL));
        });
    }

    /** What a verification reads: both sides by scan, and the target by key, too. */
    void readLooking(int atOnce) {
        scan(set::sourceOf, atOnce, (_, _) -> {});
        scan(set::targetOf, atOnce, (table, items) -> look(set.targetOf(table), keys(table, items)));
    }

    /** What takes back records without conditions: each is looked at by its key, and deleted. */
    Runnable deletionLooking(int atOnce) {
        var work = Collections.synchronizedList(new ArrayList<Runnable>());
        scan(set::targetOf, atOnce, (table, items) -> {
            var target = set.targetOf(table);
            var keys = keys(table, items);
            work.add(() -> {
                look(target, keys);
                batches(keys, BATCH).forEach(batch -> write(target, batch, PlainLoops::deletion, TOTAL));
            });
        });
        return () -> all(atOnce, work);
    }

    private void look(String table, List<Map<String, AttributeValue>> keys) {
        for (var batch : batches(keys, KEYS_AT_ONCE)) {
            var wanted =
                    KeysAndAttributes.builder().keys(batch).consistentRead(true).build();
            var _ = client.batchGetItem(
                    request -> request.requestItems(Map.of(table, wanted)).returnConsumedCapacity(TOTAL));
        }
    }

    private static List<Map<String, AttributeValue>> keys(ExampleTable table, List<Map<String, AttributeValue>> items) {
        return items.stream().map(item -> key(table, item)).toList();
    }

    private static <T> List<List<T>> batches(List<T> all, int length) {
        return IntStream.range(0, Math.ceilDiv(all.size(), length))
                .mapToObj(i -> all.subList(i * length, Math.min(all.size(), (i + 1) * length)))
                .toList();
    }

    private static WriteRequest put(Map<String, AttributeValue> item) {
        return WriteRequest.builder().putRequest(put -> put.item(item)).build();
    }

    private static WriteRequest deletion(Map<String, AttributeValue> key) {
        return WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build();
    }

    private void write(
            String table,
            List<Map<String, AttributeValue>> batch,
            Function<Map<String, AttributeValue>, WriteRequest> request,
            ReturnConsumedCapacity told) {
        var left = Map.of(table, batch.stream().map(request).toList());
        while (!left.isEmpty()) {
            left = client.batchWriteItem(BatchWriteItemRequest.builder()
                            .requestItems(left)
                            .returnConsumedCapacity(told)
                            .build())
                    .unprocessedItems();
        }
    }

    /** Deletes every record of the target on condition that each attribute is what it was when it was read. */
    void delete(int atOnce) {
        var deletes = Collections.synchronizedList(new ArrayList<Runnable>());
        scan(set::targetOf, atOnce, (table, items) -> items.forEach(item -> deletes.add(() -> delete(table, item))));
        all(atOnce, deletes);
    }

    private void delete(ExampleTable table, Map<String, AttributeValue> item) {
        var key = key(table, item);
        var comparisons = new ArrayList<String>();
        var names = new HashMap<String, String>();
        var values = new HashMap<String, AttributeValue>();
        item.forEach((name, value) -> {
            if (!key.containsKey(name)) {
                int number = comparisons.size();
                comparisons.add("#" + number + " = :" + number);
                names.put("#" + number, name);
                values.put(":" + number, value);
            }
        });
        client.deleteItem(request -> request.tableName(set.targetOf(table))
                .key(key)
                .conditionExpression(String.join(" AND ", comparisons))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values));
    }

    /**
     * The first {@code most} records, one after the other: looked up, written on condition, read again.
     *
     * @return how many there were
     */
    int oneByOne(int most) {
        int done = 0;
        for (var table : set.tables()) {
            if (done == most) {
                break;
            }
            int left = most - done;
            var items =
                    client
                            .scanPaginator(request ->
                                    request.tableName(set.sourceOf(table)).limit(left))
                            .items()
                            .stream()
                            .limit(left)
                            .toList();
            for (var item : items) {
                var key = key(table, item);
                var target = set.targetOf(table);
                var _ = client.getItem(request -> request.tableName(target).key(key));
                client.putItem(request -> request.tableName(target)
                        .item(item)
                        .conditionExpression("attribute_not_exists(#k)")
                        .expressionAttributeNames(
                                Map.of("#k", table.partitionKey().name())));
                var _ = client.getItem(
                        request -> request.tableName(target).key(key).consistentRead(true));
                done++;
            }
        }
        return done;
    }

    private static Map<String, AttributeValue> key(ExampleTable table, Map<String, AttributeValue> item) {
        var key = new HashMap<String, AttributeValue>();
        key.put(table.partitionKey().name(), item.get(table.partitionKey().name()));
        table.sortKey().ifPresent(sort -> key.put(sort.name(), item.get(sort.name())));
        return key;
    }

    /** So many segments of each table, and so many at once. */
    private void scan(Function<ExampleTable, String> name, int atOnce, Pages pages) {
        scan(name, atOnce, Optional.empty(), pages);
    }

    /** The same; the store leaves out what does not meet {@code filter}, in which {@code #new} is the new attribute. */
    void scan(Function<ExampleTable, String> name, int atOnce, Optional<String> filter, Pages pages) {
        var scans = new ArrayList<Runnable>();
        for (var table : set.tables()) {
            for (int i = 0; i < atOnce; i++) {
                int segment = i;
                scans.add(() -> client.scanPaginator(request -> {
                            request.tableName(name.apply(table))
                                    .segment(segment)
                                    .totalSegments(atOnce)
                                    .consistentRead(true);
                            filter.ifPresent(condition -> request.filterExpression(condition)
                                    .expressionAttributeNames(Map.of("#new", InPlaceRecords.NEW)));
                        })
                        .forEach(page -> pages.accept(table, page.items())));
            }
        }
        all(atOnce, scans);
    }

    private static void all(int atOnce, List<Runnable> work) {
        try (var threads = Executors.newFixedThreadPool(atOnce)) {
            var started = new ArrayList<Future<?>>();
            work.forEach(one -> started.add(threads.submit(one)));
            for (var one : started) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
