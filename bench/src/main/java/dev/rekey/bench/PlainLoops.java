package dev.rekey.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What somebody would write without Rekey: nothing is logged, checked or resumed. */
record PlainLoops(DynamoDbClient client, BenchTable source, BenchTable target) {

    /** Scans in {@code segments} at once and writes what it read, unchanged. */
    void copy(int segments) {
        scan(source, segments, items -> {
            for (int i = 0; i < items.size(); i += BenchTable.BATCH) {
                target.write(items.subList(i, Math.min(items.size(), i + BenchTable.BATCH)));
            }
        });
    }

    /** Deletes every record of the target on condition that it is still what it is in {@code wanted}. */
    void delete(int atOnce) {
        var all = new ArrayList<Map<String, AttributeValue>>();
        scan(target, 1, all::addAll);
        BenchTable.atOnce(atOnce, all.size(), i -> {
            var item = all.get(i);
            client.deleteItem(request -> request.tableName(target.name())
                    .key(Map.of("id", item.get("id")))
                    .conditionExpression("#c = :c")
                    .expressionAttributeNames(Map.of("#c", "content"))
                    .expressionAttributeValues(Map.of(":c", item.get("content"))));
        });
    }

    /** The first {@code records} records, one after the other: looked up, written on condition, read again. */
    void oneByOne(int records) {
        var page = client.scan(request -> request.tableName(source.name()).limit(records));
        for (var item : page.items()) {
            var key = Map.of("id", item.get("id"));
            var _ = client.getItem(request -> request.tableName(target.name()).key(key));
            client.putItem(request ->
                    request.tableName(target.name()).item(item).conditionExpression("attribute_not_exists(id)"));
            var _ = client.getItem(
                    request -> request.tableName(target.name()).key(key).consistentRead(true));
        }
    }

    private void scan(BenchTable table, int segments, Consumer<List<Map<String, AttributeValue>>> pages) {
        BenchTable.atOnce(
                segments,
                segments,
                segment -> client.scanPaginator(request -> request.tableName(table.name())
                                .segment(segment)
                                .totalSegments(segments)
                                .consistentRead(true))
                        .forEach(page -> pages.accept(page.items())));
    }
}
