package dev.rekey.engine.store;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tables that forward every request; a test double overrides the ones it changes. A double that must see every request
 * implements {@link Tables}, so that the compiler names the one it forgot.
 */
public abstract class ForwardingTables implements Tables {
    private final Tables tables;

    protected ForwardingTables(Tables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<TableShape> describe(PhysicalTable table) {
        return tables.describe(table);
    }

    @Override
    public List<String> deniedToWriter(TableShape table, Writing writing) {
        return tables.deniedToWriter(table, writing);
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

    @Override
    public WriteOutcome update(Update update) {
        return tables.update(update);
    }
}
