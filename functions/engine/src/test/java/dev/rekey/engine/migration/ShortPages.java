package dev.rekey.engine.migration;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.Tables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables whose scans give pages of a few records, so that small tables have several. */
public record ShortPages(Tables tables, IntSupplier limit) implements Tables {
    @Override
    public Optional<TableShape> describe(PhysicalTable table) {
        return tables.describe(table);
    }

    @Override
    public List<String> deniedToWriter(TableShape table) {
        return tables.deniedToWriter(table);
    }

    @Override
    public Scanned scan(Scan scan) {
        return tables.scan(new Scan(
                scan.table(),
                scan.segment(),
                scan.totalSegments(),
                scan.from(),
                Tables.lowerLimit(scan.limit(), limit.getAsInt()),
                scan.consistent()));
    }

    @Override
    public Scanned query(Query query) {
        return tables.query(new Query(
                query.table(),
                query.partitionKey(),
                query.value(),
                query.upTo(),
                query.from(),
                query.upTo().isPresent() ? Tables.lowerLimit(query.limit(), limit.getAsInt()) : query.limit(),
                query.consistent()));
    }

    @Override
    public ReadAnswer read(PhysicalTable table, List<Key> keys) {
        return tables.read(table, keys);
    }

    @Override
    public WriteAnswer putAll(PhysicalTable table, List<Map<String, AttributeValue>> items) {
        return tables.putAll(table, items);
    }

    @Override
    public DeleteAnswer deleteAll(PhysicalTable table, List<Key> keys) {
        return tables.deleteAll(table, keys);
    }

    @Override
    public WriteOutcome put(PhysicalTable table, Map<String, AttributeValue> item, Expected expected) {
        return tables.put(table, item, expected);
    }

    @Override
    public WriteOutcome delete(PhysicalTable table, Key key, Expected expected) {
        return tables.delete(table, key, expected);
    }
}
