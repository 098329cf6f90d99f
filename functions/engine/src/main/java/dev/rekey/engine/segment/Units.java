package dev.rekey.engine.segment;

import dev.rekey.core.item.ItemSize;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static long projectedBytes(
            Map<String, AttributeValue> item, TableShape table, String index, List<KeyAttribute> keys) {
        var included = table.projected().get(index);
        if (included == null) {
            return ItemSize.bytes(item);
        }
        var projected = new HashMap<>(item);
        projected
                .keySet()
                .removeIf(name -> !included.contains(name)
                        && keys.stream().noneMatch(key -> key.name().equals(name))
                        && table.keyAttributes().stream()
                                .noneMatch(key -> key.name().equals(name)));
        return ItemSize.bytes(projected);
    }
}
