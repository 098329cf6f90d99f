package dev.rekey.engine.segment;

import dev.rekey.core.item.ItemSize;
import dev.rekey.core.item.TableShape;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Counts the records of one page. */
public final class RecordCount {
    private static final long PAGE_BYTES = 1 << 20;

    private final Map<Integer, Long> sizes = new TreeMap<>();
    private final Map<String, Map<String, Long>> attributes = new HashMap<>();
    private final Map<String, Long> empty = new HashMap<>();
    private final Map<Cost, Long> units = new EnumMap<>(Cost.class);
    private long smallest = Long.MAX_VALUE;
    private long largest;
    private long leftOut;

    /** Counts the attributes of a record of the source. */
    public void attributes(Map<String, AttributeValue> record) {
        record.forEach((name, value) -> {
            var types = attributes.get(name);
            if (types == null && attributes.size() >= SegmentStatistics.MOST_NAMES) {
                leftOut++;
            } else {
                if (types == null) {
                    types = new HashMap<>();
                    attributes.put(name, types);
                }
                types.merge(type(value), 1L, Long::sum);
            }
        });
    }

    /** Counts what is written of a record that migrates. */
    public void target(Map<String, AttributeValue> item, long bytes, TableShape target) {
        cost(Cost.TABLE_WRITE, Units.writes(bytes));
        cost(Cost.INDEX_WRITE, Units.indexes(item, target));
        cost(Cost.TARGET_READ, Units.reads(bytes));
        size(bytes);
    }

    /** Counts a record that is changed in place: a write takes the larger of both sizes, whatever part of it changes. */
    public void updated(Map<String, AttributeValue> before, Map<String, AttributeValue> after, TableShape table) {
        cost(Cost.TABLE_WRITE, Units.writes(Math.max(ItemSize.bytes(before), ItemSize.bytes(after))));
        cost(Cost.INDEX_WRITE, Units.indexes(before, after, table));
        size(ItemSize.bytes(after));
    }

    /** Counts a record that stays as it is. */
    public void unchanged(long bytes) {
        size(bytes);
    }

    private void size(long bytes) {
        sizes.merge(SizeHistogram.bucket(bytes), 1L, Long::sum);
        smallest = Math.min(smallest, bytes);
        largest = Math.max(largest, bytes);
    }

    /** Counts a reference that is null or {@code ""}. */
    public void emptyReference(String path) {
        empty.merge(path, 1L, Long::sum);
    }

    /** Counts one or several pages of the source. */
    public void page(long bytes) {
        cost(Cost.PAGES, Math.max(1, (bytes + PAGE_BYTES - 1) / PAGE_BYTES));
        partOfPage(bytes);
    }

    /** Counts the records that one of several tables has on a page of the source. */
    public void partOfPage(long bytes) {
        cost(Cost.SOURCE_SCAN, Units.reads(bytes));
    }

    private void cost(Cost kind, long more) {
        units.merge(kind, more, Long::sum);
    }

    public SegmentStatistics statistics() {
        var histogram = sizes.isEmpty() ? SizeHistogram.EMPTY : new SizeHistogram(smallest, largest, sizes);
        return new SegmentStatistics(histogram, attributes, leftOut, empty, units);
    }

    /** As DynamoDB calls it. */
    private static String type(AttributeValue value) {
        return value.type() == AttributeValue.Type.NUL ? "NULL" : value.type().name();
    }
}
