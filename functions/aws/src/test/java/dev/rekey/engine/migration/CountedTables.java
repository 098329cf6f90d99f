package dev.rekey.engine.migration;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.store.ForwardingTables;
import dev.rekey.engine.store.Tables;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables that add up the capacity that the service reports. */
final class CountedTables extends ForwardingTables {
    private double reads;
    private double writes;

    CountedTables(Tables tables) {
        super(tables);
    }

    double reads() {
        return reads;
    }

    double writes() {
        return writes;
    }

    @Override
    public Scanned scan(Scan scan) {
        return read(super.scan(scan));
    }

    @Override
    public Scanned query(Query query) {
        return read(super.query(query));
    }

    private Scanned read(Scanned scanned) {
        reads += scanned.units();
        return scanned;
    }

    @Override
    public ReadAnswer read(PhysicalTable table, List<Key> keys) {
        var answer = super.read(table, keys);
        reads += answer.units();
        return answer;
    }

    @Override
    public WriteAnswer putAll(PhysicalTable table, List<Map<String, AttributeValue>> items) {
        var answer = super.putAll(table, items);
        writes += answer.units();
        return answer;
    }

    @Override
    public DeleteAnswer deleteAll(PhysicalTable table, List<Key> keys) {
        var answer = super.deleteAll(table, keys);
        writes += answer.units();
        return answer;
    }

    @Override
    public WriteOutcome put(PhysicalTable table, Map<String, AttributeValue> item, Expected expected) {
        return written(super.put(table, item, expected));
    }

    @Override
    public WriteOutcome delete(PhysicalTable table, Key key, Expected expected) {
        return written(super.delete(table, key, expected));
    }

    @Override
    public WriteOutcome update(Update update) {
        return written(super.update(update));
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
