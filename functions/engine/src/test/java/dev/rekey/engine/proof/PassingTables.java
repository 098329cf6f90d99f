package dev.rekey.engine.proof;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.Tables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables that pass every request on. */
abstract class PassingTables implements Tables {
    private final Tables tables;

    PassingTables(Tables tables) {
        this.tables = tables;
    }

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
        return tables.scan(scan);
    }

    @Override
    public Scanned query(Query query) {
        return tables.query(query);
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
