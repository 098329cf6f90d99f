package dev.rekey.engine.scan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.TypedJson;
import dev.rekey.engine.run.Range;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Tables.Cursor;
import dev.rekey.engine.store.Tables.Scanned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A table in all its segments: first those of a parallel scan, then one for each range, which is read by queries. A scan
 * passes over the ranges: what it meets of them is left out, and once it is among them it goes on at their end. Which
 * segment a record belongs to follows from its key alone, so that it is read once whatever is written meanwhile.
 */
public final class DividedTable implements SourcePages {
    private final ScannedTable table;
    private final TableShape shape;
    private final int scans;
    private final List<Range> ranges;
    /** Where the ranges of each partition key value end. */
    private final Map<AttributeValue, AttributeValue> ends = new TreeMap<>(SortOrder.OF_KEYS);

    /** @param scans number of segments of the parallel scan */
    public DividedTable(ScannedTable table, TableShape shape, int scans, List<Range> ranges) {
        this.table = table;
        this.shape = shape;
        this.scans = scans;
        this.ranges = List.copyOf(ranges);
        for (var range : ranges) {
            var key = TypedJson.parse(range.until());
            ends.merge(
                    key.get(shape.partitionKey().name()),
                    key.get(sortKey().name()),
                    (one, other) -> SortOrder.OF_KEYS.compare(one, other) < 0 ? other : one);
        }
    }

    @Override
    public PageOfRecords page(Segment segment, Optional<JsonNode> cursor) {
        if (segment.of() != scans + ranges.size()) {
            throw new IllegalStateException(
                    ("Cannot read segment %s of %s: the run has %d segments and %d ranges of it."
                                    + " Nothing was read. Resume the run.")
                            .formatted(segment.folder(), shape.table(), scans, ranges.size()));
        }
        return ScannedTable.page(
                segment.index() < scans
                        ? withoutRanges(table.scanned(new Segment(segment.index(), scans), cursor))
                        : queried(ranges.get(segment.index() - scans), cursor));
    }

    private Scanned queried(Range range, Optional<JsonNode> cursor) {
        var until = TypedJson.parse(range.until());
        // Where a query begins after a key, no record with that key is in the answer, whether there is one or not.
        var from =
                cursor.map(ScannedTable::cursor).or(() -> range.after().map(key -> new Cursor(TypedJson.parse(key))));
        var query = new Tables.Query(
                table.table(),
                shape.partitionKey(),
                until.get(shape.partitionKey().name()),
                Optional.of(new Tables.UpTo(sortKey(), until.get(sortKey().name()))),
                from,
                table.pageRecords(),
                table.consistent());
        var page = table.backoff().retry(() -> table.tables().query(query));
        // A page may end with the last key that was asked for, and from there no query may go on.
        var next = page.next().filter(key -> isBelow(key.lastEvaluatedKey(), until));
        return new Scanned(page.items(), next, page.units());
    }

    private boolean isBelow(Map<String, AttributeValue> key, Map<String, AttributeValue> end) {
        var name = sortKey().name();
        return SortOrder.OF_KEYS.compare(key.get(name), end.get(name)) < 0;
    }

    private Scanned withoutRanges(Scanned page) {
        if (ends.isEmpty()) {
            return page;
        }
        var items = page.items().stream().filter(item -> !isInRange(item)).toList();
        var next = page.next()
                .map(cursor -> isInRange(cursor.lastEvaluatedKey()) ? endOfRanges(cursor.lastEvaluatedKey()) : cursor);
        return new Scanned(items, next, page.units());
    }

    private boolean isInRange(Map<String, AttributeValue> item) {
        var end = ends.get(item.get(shape.partitionKey().name()));
        return end != null && SortOrder.OF_KEYS.compare(item.get(sortKey().name()), end) <= 0;
    }

    private Cursor endOfRanges(Map<String, AttributeValue> within) {
        var partition = within.get(shape.partitionKey().name());
        return new Cursor(
                Map.of(shape.partitionKey().name(), partition, sortKey().name(), ends.get(partition)));
    }

    private KeyAttribute sortKey() {
        return shape.sortKey().orElseThrow();
    }
}
