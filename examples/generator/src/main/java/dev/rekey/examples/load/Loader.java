package dev.rekey.examples.load;

import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Fills tables of a staging environment. For examples only: it overwrites what is there. */
public final class Loader {
    private static final int BATCH = 25;
    private static final int AT_ONCE = 8;

    private final DynamoDbClient client;

    public Loader(DynamoDbClient client) {
        this.client = client;
    }

    /** Creates those of {@code tables} that do not exist and waits until all can be used. */
    public void create(List<ExampleTable> tables, UnaryOperator<String> physicalName) {
        var existing = client.listTablesPaginator().tableNames().stream().collect(Collectors.toSet());
        var missing = tables.stream()
                .filter(table -> !existing.contains(physicalName.apply(table.name())))
                .toList();
        // Asked for one after the other, since the service creates few at the same time.
        var pending = missing.stream()
                .map(table -> client.createTable(table.creation(physicalName.apply(table.name()))))
                .map(CreateTableResponse::tableDescription)
                .filter(table -> table.tableStatus() != TableStatus.ACTIVE)
                .toList();
        try (var waiter = client.waiter()) {
            pending.forEach(table -> waiter.waitUntilTableExists(request -> request.tableName(table.tableName())));
        }
    }

    /**
     * Writes all {@code records}, each of a different key.
     *
     * @return how many there were
     */
    public long load(Stream<ExampleRecord> records, UnaryOperator<String> physicalName) {
        var loaded = 0L;
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var batches = new ArrayList<Future<?>>();
            // A batch of one table is less work for the service than one of many.
            var each = records.gather(Gatherers.windowFixed(BATCH * BATCH))
                    .flatMap(some -> some.stream().sorted(Comparator.comparing(ExampleRecord::table)))
                    .gather(Gatherers.windowFixed(BATCH))
                    .iterator();
            while (each.hasNext()) {
                var batch = each.next();
                loaded += batch.size();
                batches.add(threads.submit(() -> write(batch, physicalName)));
            }
            for (var batch : batches) {
                batch.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "Cannot load the example: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot load the example: it was interrupted", e);
        }
        return loaded;
    }

    private void write(List<ExampleRecord> batch, UnaryOperator<String> physicalName) {
        Map<String, List<WriteRequest>> left = batch.stream()
                .collect(Collectors.groupingBy(
                        record -> physicalName.apply(record.table()),
                        Collectors.mapping(Loader::put, Collectors.toList())));
        while (!left.isEmpty()) {
            left = client.batchWriteItem(
                            BatchWriteItemRequest.builder().requestItems(left).build())
                    .unprocessedItems();
        }
    }

    private static WriteRequest put(ExampleRecord record) {
        return WriteRequest.builder().putRequest(put -> put.item(record.item())).build();
    }
}
