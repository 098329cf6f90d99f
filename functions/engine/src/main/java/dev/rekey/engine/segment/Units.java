package dev.rekey.engine.segment;

import dev.rekey.core.item.ItemSize;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Capacity units as DynamoDB reckons them: a write unit for every 1 KB begun, a consistent read unit for every 4 KB. */
public final class Units {
    private static final long WRITE_BYTES = 1024;
    private static final long READ_BYTES = 4096;

    private Units() {}

    /** Of an item of {@code bytes}; an item or entry that is there takes at least one. */
    public static long writes(long bytes) {
        return Math.max(1, (bytes + WRITE_BYTES - 1) / WRITE_BYTES);
    }

    /** Of an item or a page of {@code bytes}. */
    public static long reads(long bytes) {
        return Math.max(1, (bytes + READ_BYTES - 1) / READ_BYTES);
    }

    /** What a new {@code item} of {@code table} takes in all secondary indexes: those that it has all key attributes of. */
    public static long indexes(Map<String, AttributeValue> item, TableShape table) {
        return table.indexes().entrySet().stream()
                .filter(index -> index.getValue().stream().allMatch(key -> item.containsKey(key.name())))
                .mapToLong(index -> writes(projectedBytes(item, table, index.getKey(), index.getValue())))
                .sum();
    }

    /**
     * What it takes in all secondary indexes that an item of {@code table} becomes another under the same key. An entry that
     * stays as it is takes nothing; one whose index key changes is deleted and written again.
     */
    public static long indexes(
            Map<String, AttributeValue> before, Map<String, AttributeValue> after, TableShape table) {
        return table.indexes().entrySet().stream()
                .mapToLong(index -> {
                    var was = entry(before, table, index.getKey(), index.getValue());
                    var is = entry(after, table, index.getKey(), index.getValue());
                    if (was.equals(is)) {
                        return 0;
                    }
                    long old = was.isEmpty() ? 0 : writes(ItemSize.bytes(was));
                    long now = is.isEmpty() ? 0 : writes(ItemSize.bytes(is));
                    boolean moves = index.getValue().stream()
                            .anyMatch(key -> !Objects.equals(was.get(key.name()), is.get(key.name())));
                    return moves ? old + now : Math.max(old, now);
                })
                .sum();
    }

    /** What an index holds of {@code item}; nothing if the item lacks a key attribute of it. */
    private static Map<String, AttributeValue> entry(
            Map<String, AttributeValue> item, TableShape table, String index, List<KeyAttribute> keys) {
        return keys.stream().allMatch(key -> item.containsKey(key.name()))
                ? projection(item, table, index, keys)
                : Map.of();
    }

    private static long projectedBytes(
            Map<String, AttributeValue> item, TableShape table, String index, List<KeyAttribute> keys) {
        return ItemSize.bytes(projection(item, table, index, keys));
    }

    private static Map<String, AttributeValue> projection(
            Map<String, AttributeValue> item, TableShape table, String index, List<KeyAttribute> keys) {
        var included = table.projected().get(index);
        if (included == null) {
            return item;
        }
        var projected = new HashMap<>(item);
        projected
                .keySet()
                .removeIf(name -> !included.contains(name)
                        && keys.stream().noneMatch(key -> key.name().equals(name))
                        && table.keyAttributes().stream()
                                .noneMatch(key -> key.name().equals(name)));
        return projected;
    }
}
