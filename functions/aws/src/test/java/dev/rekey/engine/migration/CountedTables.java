package dev.rekey.engine.migration;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.Tables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables that add up the capacity that the service reports. */
final class CountedTables implements Tables {
    private final Tables tables;
    private double reads;
    private double writes;

    CountedTables(Tables tables) {
        this.tables = tables;
    }

    double reads() {
        return reads;
    }

    double writes() {
        return writes;
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
        return read(tables.scan(scan));
    }

    @Override
    public Scanned query(Query query) {
        return read(tables.query(query));
    }

    private Scanned read(Scanned scanned) {
        reads += scanned.units();
        return scanned;
    }

    @Override
    public ReadAnswer read(PhysicalTable table, List<Key> keys) {
        var answer = tables.read(table, keys);
        reads += answer.units();
        return answer;
    }

    @Override
    public WriteAnswer putAll(PhysicalTable table, List<Map<String, AttributeValue>> items) {
        var answer = tables.putAll(table, items);
        writes += answer.units();
        return answer;
    }

    @Override
    public DeleteAnswer deleteAll(PhysicalTable table, List<Key> keys) {
        var answer = tables.deleteAll(table, keys);
        writes += answer.units();
        return answer;
    }

    @Override
    public WriteOutcome put(PhysicalTable table, Map<String, AttributeValue> item, Expected expected) {
        return written(tables.put(table, item, expected));
    }

    @Override
    public WriteOutcome delete(PhysicalTable table, Key key, Expected expected) {
        return written(tables.delete(table, key, expected));
    }

    private WriteOutcome written(WriteOutcome outcome) {
        writes += switch (outcome) {
            case WriteOutcome.Done done -> done.units();
            case WriteOutcome.ConditionFailed failed -> failed.units();
            case WriteOutcome.Throttled _, WriteOutcome.Unknown _ -> 0;
        };
        return outcome;
    }
}
