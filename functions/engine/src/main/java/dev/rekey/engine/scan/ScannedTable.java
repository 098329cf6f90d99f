package dev.rekey.engine.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TypedJson;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Tables.Cursor;
import dev.rekey.engine.store.Tables.Scanned;
import java.util.Optional;

/**
 * A DynamoDB table read by a parallel scan; the cursor is {@code LastEvaluatedKey} as DynamoDB JSON.
 *
 * @param pageRecords how many records a page has at most; 0 for as many as make 1 MB
 */
public record ScannedTable(Tables tables, PhysicalTable table, boolean consistent, int pageRecords, Backoff backoff)
        implements SourcePages {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** In pages of 1 MB. */
    public ScannedTable(Tables tables, PhysicalTable table, boolean consistent, Backoff backoff) {
        this(tables, table, consistent, 0, backoff);
    }

    @Override
    public PageOfRecords page(Segment segment, Optional<JsonNode> cursor) {
        return page(scanned(segment, cursor));
    }

    Scanned scanned(Segment segment, Optional<JsonNode> cursor) {
        var from = cursor.map(ScannedTable::cursor);
        var scan = new Tables.Scan(table, segment.index(), segment.of(), from, pageRecords, consistent);
        return backoff.retry(() -> tables.scan(scan));
    }

    static PageOfRecords page(Scanned scanned) {
        return new PageOfRecords(scanned.items(), scanned.next().map(ScannedTable::node));
    }

    static Cursor cursor(JsonNode node) {
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
