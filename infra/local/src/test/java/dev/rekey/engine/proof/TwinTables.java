package dev.rekey.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.CanonicalText;
import dev.rekey.engine.store.Interceptor.Call;
import dev.rekey.engine.store.Tables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Real tables and tables in memory, which must answer every request alike. Only the order of a scan is each store's own:
 * see {@link TwinScans}.
 */
record TwinTables(Tables real, Tables memory, TwinScans scans, Probes probes, Answers answers) implements Tables {
    @Override
    public Optional<TableShape> describe(PhysicalTable table) {
        return both("describe", table, tables -> tables.describe(table), TwinTables::told);
    }

    /** Without its address: a table in DynamoDB Local is in no region. */
    private static String told(Optional<TableShape> found) {
        return found.map(shape ->
                        "Shape " + shape.toString().replace(shape.address().toString(), ""))
                .orElse("Missing");
    }

    @Override
    public List<String> deniedToWriter(TableShape table, Writing writing) {
        return both(
                "deniedToWriter",
                table.table(),
                tables -> tables.deniedToWriter(table, writing),
                denied -> "Denied " + denied);
    }

    @Override
    public Scanned scan(Scan scan) {
        return scans.page(scan, real.scan(scan));
    }

    @Override
    public Scanned query(Query query) {
        return both(
                "query", query.table(), tables -> tables.query(query), page -> Answers.told(upToTheEnd(query, page)));
    }

    /** DynamoDB Local gives no cursor at the highest sort key that is asked for. From there no store goes on. */
    private static Scanned upToTheEnd(Query query, Scanned page) {
        var next = page.next()
                .filter(cursor -> query.upTo().stream()
                        .noneMatch(upTo -> CanonicalText.of(upTo.value())
                                .equals(CanonicalText.of(cursor.lastEvaluatedKey()
                                        .get(upTo.sortKey().name())))));
        return new Scanned(page.items(), next, page.units());
    }

    @Override
    public ReadAnswer read(PhysicalTable table, List<Key> keys) {
        return both("read", table, tables -> tables.read(table, keys), Answers::told);
    }

    @Override
    public WriteAnswer putAll(PhysicalTable table, List<Map<String, AttributeValue>> items) {
        return both("putAll", table, tables -> tables.putAll(table, items), answer -> "Written " + answer);
    }

    @Override
    public DeleteAnswer deleteAll(PhysicalTable table, List<Key> keys) {
        return both("deleteAll", table, tables -> tables.deleteAll(table, keys), answer -> "Deleted " + answer);
    }

    @Override
    public WriteOutcome put(PhysicalTable table, Map<String, AttributeValue> item, Expected expected) {
        return write(
                "put",
                table,
                probes.wrong(expected).map(wrong -> tables -> tables.put(table, item, wrong)),
                tables -> tables.put(table, item, expected));
    }

    @Override
    public WriteOutcome delete(PhysicalTable table, Key key, Expected expected) {
        return write(
                "delete",
                table,
                probes.wrong(expected).map(wrong -> tables -> tables.delete(table, key, wrong)),
                tables -> tables.delete(table, key, expected));
    }

    @Override
    public WriteOutcome update(Update update) {
        return write(
                "update",
                update.table(),
                probes.wrong(update).map(wrong -> tables -> tables.update(wrong)),
                tables -> tables.update(update));
    }

    /**
     * Before a write, one is sent that must be refused, and the write is sent twice, as after a lost answer: it writes the
     * same again or is refused.
     */
    private WriteOutcome write(
            String name,
            PhysicalTable table,
            Optional<Function<Tables, WriteOutcome>> wrong,
            Function<Tables, WriteOutcome> request) {
        wrong.ifPresent(refused -> assertThat(both(name, table, refused, Answers::told))
                .as("%s with a condition that does not hold", name)
                .isInstanceOf(WriteOutcome.ConditionFailed.class));
        var outcome = both(name, table, request, Answers::told);
        var _ = both(name, table, request, Answers::told);
        return outcome;
    }

    @Override
    public Tables urgent() {
        return new TwinTables(real.urgent(), memory.urgent(), scans, probes, answers);
    }

    private <T> T both(String name, PhysicalTable table, Function<Tables, T> request, Function<T, String> told) {
        return answers.both(new Call(name, table.name()), real, memory, request, told);
    }
}
