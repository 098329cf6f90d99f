package dev.rekey.local.scale;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.Tables;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tables without data: they know only how many records they would hold, and answer a scan with as many as its slice of
 * the table has. Only what the preparation of a run asks for is answered.
 *
 * @param records by the physical table's name; a table that is not named is empty
 */
record SizedTables(Map<String, Long> records) implements Tables {
    /** What every record is like: a kilobyte that fits one write unit. */
    static final Map<String, AttributeValue> RECORD = Map.of(
            "id", AttributeValue.fromS("i".repeat(36)),
            "customerId", AttributeValue.fromS("c".repeat(36)),
            "text", AttributeValue.fromS("t".repeat(912)));

    static final long RECORD_BYTES = 1_000;
    /** One megabyte. */
    static final long PAGE_RECORDS = (1 << 20) / RECORD_BYTES;

    /** How many records segment {@code index} of {@code of} has. */
    static long share(long all, int index, int of) {
        return all * (index + 1) / of - all * index / of;
    }

    @Override
    public Optional<TableShape> describe(PhysicalTable table) {
        return Optional.of(new TableShape(
                table, "123456789012", "us-east-1", new KeyAttribute("id", KeyType.S), Optional.empty(), Map.of()));
    }

    @Override
    public Scanned scan(Scan scan) {
        long all = records.getOrDefault(scan.table().name(), 0L);
        long before = scan.from()
                .map(cursor ->
                        Long.parseLong(cursor.lastEvaluatedKey().get("id").s()))
                .orElse(0L);
        long left = share(all, scan.segment(), scan.totalSegments()) - before;
        var page = Collections.nCopies((int) Math.min(left, PAGE_RECORDS), RECORD);
        var next = left > PAGE_RECORDS
                ? Optional.of(new Cursor(Map.of("id", AttributeValue.fromS("" + (before + PAGE_RECORDS)))))
                : Optional.<Cursor>empty();
        return new Scanned(page, next, 1);
    }

    @Override
    public List<String> deniedToWriter(TableShape table, Writing writing) {
        return List.of();
    }

    @Override
    public Scanned query(Query query) {
        throw unanswered();
    }

    @Override
    public ReadAnswer read(PhysicalTable table, List<Key> keys) {
        throw unanswered();
    }

    @Override
    public WriteAnswer putAll(PhysicalTable table, List<Map<String, AttributeValue>> items) {
        throw unanswered();
    }

    @Override
    public DeleteAnswer deleteAll(PhysicalTable table, List<Key> keys) {
        throw unanswered();
    }

    @Override
    public WriteOutcome put(PhysicalTable table, Map<String, AttributeValue> item, Expected expected) {
        throw unanswered();
    }

    @Override
    public WriteOutcome delete(PhysicalTable table, Key key, Expected expected) {
        throw unanswered();
    }

    @Override
    public WriteOutcome update(Update update) {
        throw unanswered();
    }

    private static IllegalStateException unanswered() {
        return new IllegalStateException("there are no records here, only their number");
    }
}
