package dev.rekey.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.Side;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.store.Tables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The tables of one side, as if the other were in another region: only names that its template gives are known. */
record OneSide(Side side, Tables tables) implements Tables {
    private PhysicalTable ours(PhysicalTable table) {
        assertThat(table.name())
                .startsWith(side.physical(new TableName("T")).name().replaceFirst("T$", ""));
        return table;
    }

    @Override
    public Optional<TableShape> describe(PhysicalTable table) {
        return tables.describe(ours(table));
    }

    @Override
    public List<String> deniedToWriter(TableShape table, Writing writing) {
        ours(table.table());
        return tables.deniedToWriter(table, writing);
    }

    @Override
    public Scanned scan(Scan scan) {
        ours(scan.table());
        return tables.scan(scan);
    }

    @Override
    public Scanned query(Query query) {
        ours(query.table());
        return tables.query(query);
    }

    @Override
    public ReadAnswer read(PhysicalTable table, List<Key> keys) {
        return tables.read(ours(table), keys);
    }

    @Override
    public WriteAnswer putAll(PhysicalTable table, List<Map<String, AttributeValue>> items) {
        return tables.putAll(ours(table), items);
    }

    @Override
    public DeleteAnswer deleteAll(PhysicalTable table, List<Key> keys) {
        return tables.deleteAll(ours(table), keys);
    }

    @Override
    public WriteOutcome put(PhysicalTable table, Map<String, AttributeValue> item, Expected expected) {
        return tables.put(ours(table), item, expected);
    }

    @Override
    public WriteOutcome delete(PhysicalTable table, Key key, Expected expected) {
        return tables.delete(ours(table), key, expected);
    }

    @Override
    public WriteOutcome update(Update update) {
        ours(update.table());
        return tables.update(update);
    }
}
