package dev.rekey.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A table of the measurement, used without Rekey. */
record BenchTable(DynamoDbClient client, String name) {
    static final int BATCH = 25;

    /** Five references in each record, as the records of real tables have. */
    static final List<String> REFERENCES = List.of("parentId", "ownerId", "firstId", "lastId", "createdById");

    private static final long SEED = 20_260_101;

    /** For records of {@code bytes} bytes, on the side that is called {@code side}. */
    static BenchTable of(BenchStack stack, String table, int bytes, String side) {
        return new BenchTable(stack.dynamoDb(), table + "-" + bytes + "-" + side);
    }

    void create() {
        client.createTable(table -> table.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build()));
    }

    /** Empties the table the quick way. */
    void recreate() {
        client.deleteTable(table -> table.tableName(name));
        create();
    }

    /** Writes {@code records} records of about {@code bytes} bytes; the same arguments give the same records. */
    void load(int records, int bytes, int atOnce) {
        atOnce(atOnce, (records + BATCH - 1) / BATCH, batch -> {
            var items = new ArrayList<Map<String, AttributeValue>>();
            for (int i = batch * BATCH; i < Math.min(records, (batch + 1) * BATCH); i++) {
                items.add(record(i, records, bytes));
            }
            write(items);
        });
    }

    private static Map<String, AttributeValue> record(int index, int records, int bytes) {
        var random = new SplittableRandom(SEED + index);
        var item = new LinkedHashMap<String, AttributeValue>();
        item.put("id", AttributeValue.fromS(id(index)));
        for (var reference : REFERENCES) {
            item.put(reference, AttributeValue.fromS(id(random.nextInt(records))));
        }
        item.put("amount", AttributeValue.fromN(Long.toString(random.nextLong(1_000_000))));
        item.put("active", AttributeValue.fromBool(random.nextBoolean()));
        var content = new byte[Math.max(1, bytes - 300)];
        random.nextBytes(content);
        item.put("content", AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(content)));
        return item;
    }

    private static String id(int index) {
        return new UUID(index * 0x9E3779B97F4A7C15L, SEED).toString();
    }

    void write(List<Map<String, AttributeValue>> items) {
        var left = Map.of(
                name,
                items.stream()
                        .map(item -> WriteRequest.builder()
                                .putRequest(put -> put.item(item))
                                .build())
                        .toList());
        while (!left.isEmpty()) {
            left = client.batchWriteItem(
                            BatchWriteItemRequest.builder().requestItems(left).build())
                    .unprocessedItems();
        }
    }

    /** Calls {@code each} with 0 to {@code number} - 1, so many calls at once. */
    static void atOnce(int atOnce, int number, IntConsumer each) {
        try (var threads = Executors.newFixedThreadPool(atOnce)) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < number; i++) {
                int which = i;
                all.add(threads.submit(() -> each.accept(which)));
            }
            for (var one : all) {
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
