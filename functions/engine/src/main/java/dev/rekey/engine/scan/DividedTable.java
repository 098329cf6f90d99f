package dev.rekey.engine.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.TypedJson;
import dev.rekey.engine.run.Range;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Tables.Cursor;
import dev.rekey.engine.store.Tables.Scanned;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A table in all its segments: first those of a parallel scan, then one for each range, which is read by queries. A scan
 * passes over the ranges: what it meets of them is left out, and once it is among them it goes on at their end. Which
 * segment a record belongs to follows from its key alone, so that it is read once whatever is written meanwhile. The cursor
 * is {@code LastEvaluatedKey} as DynamoDB JSON.
 */
final class DividedTable implements SourcePages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Tables tables;
    private final Division division;
    private final Supplier<Backoff> backoff;
    private final TableShape shape;
    /** Where the ranges of each partition key value end. */
    private final Map<AttributeValue, AttributeValue> ends = new TreeMap<>(SortOrder.OF_KEYS);

    DividedTable(Tables tables, Division division, Supplier<Backoff> backoff) {
        this.tables = tables;
        this.division = division;
        this.backoff = backoff;
        this.shape = division.table();
        for (var range : division.ranges()) {
            var key = TypedJson.parse(range.until());
            ends.merge(
                    key.get(shape.partitionKey().name()),
                    key.get(sortKey().name()),
                    (one, other) -> SortOrder.OF_KEYS.compare(one, other) < 0 ? other : one);
        }
    }

    @Override
    public PageOfRecords page(Segment segment, Optional<JsonNode> cursor) {
        int scans = division.scans();
        if (segment.of() != scans + division.ranges().size()) {
            throw new IllegalStateException(
                    ("Cannot read segment %s of %s: the run has %d segments and %d ranges of it."
                                    + " Nothing was read. Resume the run.")
                            .formatted(
                                    segment.folder(),
                                    shape.table(),
                                    scans,
                                    division.ranges().size()));
        }
        var from = cursor.map(DividedTable::cursor);
        var page = segment.index() < scans
                ? withoutRanges(scanned(segment.index(), from))
                : queried(division.ranges().get(segment.index() - scans), from);
        return new PageOfRecords(page.items(), page.next().map(DividedTable::node));
    }

    private Scanned scanned(int segment, Optional<Cursor> from) {
        var scan = new Tables.Scan(
                shape.table(), segment, division.scans(), from, division.pageRecords(), division.consistent());
        return backoff.get().retry(() -> tables.scan(scan));
    }

    private Scanned queried(Range range, Optional<Cursor> cursor) {
        var until = TypedJson.parse(range.until());
        // Where a query begins after a key, no record with that key is in the answer, whether there is one or not.
        var from = cursor.or(() -> range.after().map(key -> new Cursor(TypedJson.parse(key))));
        var query = new Tables.Query(
                shape.table(),
                shape.partitionKey(),
                until.get(shape.partitionKey().name()),
                Optional.of(new Tables.UpTo(sortKey(), until.get(sortKey().name()))),
                from,
                division.pageRecords(),
                division.consistent());
        var page = backoff.get().retry(() -> tables.query(query));
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

    private static Cursor cursor(JsonNode node) {
        return new Cursor(TypedJson.parse(node.toString()));
    }

    private static JsonNode node(Cursor cursor) {
        try {
            return JSON.readTree(TypedJson.text(cursor.lastEvaluatedKey()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("typed JSON is JSON", e);
        }
    }
}
