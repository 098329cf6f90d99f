package dev.rekey.handlers;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Tables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Counts what is read from and written to {@code tables}. */
record MeteredTables(Tables tables, Meter meter) implements Tables {
    @Override
    public Optional<TableShape> describe(PhysicalTable table) {
        return tables.describe(table);
    }

    @Override
    public Scanned scan(Scan scan) {
        return read(() -> tables.scan(scan));
    }

    @Override
    public Scanned query(Query query) {
        return read(() -> tables.query(query));
    }

    @Override
    public ReadAnswer read(PhysicalTable table, List<Key> keys) {
        var answer = watched(() -> tables.read(table, keys));
        meter.read(answer.items().size(), answer.units());
        if (!answer.unprocessed().isEmpty()) {
            meter.throttled();
        }
        return answer;
    }

    @Override
    public WriteAnswer putAll(PhysicalTable table, List<Map<String, AttributeValue>> items) {
        var answer = watched(() -> tables.putAll(table, items));
        written(items.size(), answer.unprocessed().size(), answer.units());
        return answer;
    }

    @Override
    public DeleteAnswer deleteAll(PhysicalTable table, List<Key> keys) {
        var answer = watched(() -> tables.deleteAll(table, keys));
        written(keys.size(), answer.unprocessed().size(), answer.units());
        return answer;
    }

    private void written(int asked, int unprocessed, double units) {
        meter.written(asked - unprocessed, units);
        if (unprocessed > 0) {
            meter.throttled();
        }
    }

    @Override
    public WriteOutcome put(PhysicalTable table, Map<String, AttributeValue> item, Expected expected) {
        return counted(tables.put(table, item, expected));
    }

    @Override
    public WriteOutcome delete(PhysicalTable table, Key key, Expected expected) {
        return counted(tables.delete(table, key, expected));
    }

    @Override
    public WriteOutcome update(Update update) {
        return counted(tables.update(update));
    }

    @Override
    public List<String> deniedToWriter(TableShape table, Writing writing) {
        return tables.deniedToWriter(table, writing);
    }

    private Scanned read(Supplier<Scanned> request) {
        var page = watched(request);
        meter.read(page.items().size(), page.units());
        return page;
    }

    private WriteOutcome counted(WriteOutcome outcome) {
        switch (outcome) {
            case WriteOutcome.Done done -> meter.written(1, done.units());
            case WriteOutcome.ConditionFailed failed -> meter.written(0, failed.units());
            case WriteOutcome.Throttled _ -> meter.throttled();
            // What became of it is found out by reading.
            case WriteOutcome.Unknown _ -> {}
        }
        return outcome;
    }

    private <T> T watched(Supplier<T> request) {
        try {
            return request.get();
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.THROTTLED) {
                meter.throttled();
            }
            throw e;
        }
    }
}
