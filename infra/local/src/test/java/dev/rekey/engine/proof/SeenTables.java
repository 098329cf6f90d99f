package dev.rekey.engine.proof;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables of which every request goes by an interceptor. */
record SeenTables(Tables tables, Supplier<Interceptor> interceptor) implements Tables {
    @Override
    public Optional<TableShape> describe(PhysicalTable table) {
        return request("describe", table, () -> tables.describe(table));
    }

    @Override
    public List<String> deniedToWriter(TableShape table, Writing writing) {
        return request("deniedToWriter", table.table(), () -> tables.deniedToWriter(table, writing));
    }

    @Override
    public Scanned scan(Scan scan) {
        return request("scan", scan.table(), () -> tables.scan(scan));
    }

    @Override
    public Scanned query(Query query) {
        return request("query", query.table(), () -> tables.query(query));
    }

    @Override
    public ReadAnswer read(PhysicalTable table, List<Key> keys) {
        return request("read", table, () -> tables.read(table, keys));
    }

    @Override
    public WriteAnswer putAll(PhysicalTable table, List<Map<String, AttributeValue>> items) {
        return request("putAll", table, () -> tables.putAll(table, items));
    }

    @Override
    public DeleteAnswer deleteAll(PhysicalTable table, List<Key> keys) {
        return request("deleteAll", table, () -> tables.deleteAll(table, keys));
    }

    @Override
    public WriteOutcome put(PhysicalTable table, Map<String, AttributeValue> item, Expected expected) {
        return write("put", table, () -> tables.put(table, item, expected));
    }

    @Override
    public WriteOutcome delete(PhysicalTable table, Key key, Expected expected) {
        return write("delete", table, () -> tables.delete(table, key, expected));
    }

    @Override
    public WriteOutcome update(Update update) {
        return write("update", update.table(), () -> tables.update(update));
    }

    @Override
    public Tables urgent() {
        return new SeenTables(tables.urgent(), interceptor);
    }

    private WriteOutcome write(String name, PhysicalTable table, Supplier<WriteOutcome> work) {
        try {
            return request(name, table, work);
        } catch (StoreException e) {
            return switch (e.kind()) {
                case THROTTLED -> new WriteOutcome.Throttled(e.getMessage());
                case UNAVAILABLE -> new WriteOutcome.Unknown(e.getMessage());
                case DENIED, MISSING, INVALID -> throw e;
            };
        }
    }

    private <T> T request(String name, PhysicalTable table, Supplier<T> work) {
        return SeenObjects.request(interceptor.get(), new Interceptor.Call(name, table.name()), work);
    }
}
