package dev.rekey.engine.segment;

import dev.rekey.core.item.ItemSize;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.run.ChangeKind;
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
    private final Map<ChangeKind, Long> changes = new EnumMap<>(ChangeKind.class);
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

    /** Counts a record of a table whose records are merged: some are looked up by their ids. */
    public void lookedUp(long bytes) {
        cost(Cost.RECORD_READ, Units.reads(bytes));
    }

    /** Counts a record that is merged away and marked, after it was found by its id. */
    public void merged(Map<String, AttributeValue> before, Map<String, AttributeValue> after, TableShape table) {
        long bytes = ItemSize.bytes(before);
        cost(Cost.MERGED_READ, Units.reads(bytes));
        if (!after.equals(before)) {
            cost(Cost.MERGED_WRITE, Units.writes(Math.max(bytes, ItemSize.bytes(after))));
            cost(Cost.MERGED_INDEX_WRITE, Units.indexes(before, after, table));
        }
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

    /** Counts a record that is listed among the changes. */
    public void listed(ChangeKind change) {
        changes.merge(change, 1L, Long::sum);
    }

    /** Counts one or several pages of the source. */
    public void page(long bytes) {
        cost(Cost.PAGES, Math.max(1, (bytes + PAGE_BYTES - 1) / PAGE_BYTES));
        partOfPage(bytes);
    }

    /** Counts pages of files, which cost no read units. */
    public void ofFiles(long pages, long requests) {
        cost(Cost.PAGES, pages);
        cost(Cost.FILE_READS, requests);
    }

    /** Counts the records that one of several tables has on a page of the source. */
    public void partOfPage(long bytes) {
        cost(Cost.SOURCE_SCAN, Units.reads(bytes));
    }

    /** Counts what records that values are taken of take: one of {@link Cost#REFERRED_ANALYZE} and the like. */
    public void referred(Map<Cost, Long> costs) {
        costs.forEach(this::cost);
    }

    private void cost(Cost kind, long more) {
        units.merge(kind, more, Long::sum);
    }

    public SegmentStatistics statistics() {
        var histogram = sizes.isEmpty() ? SizeHistogram.EMPTY : new SizeHistogram(smallest, largest, sizes);
        return new SegmentStatistics(histogram, attributes, leftOut, empty, units, changes);
    }

    /** As DynamoDB calls it. */
    private static String type(AttributeValue value) {
        return value.type() == AttributeValue.Type.NUL ? "NULL" : value.type().name();
    }
}
