package dev.rekey.engine.scan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SegmentProbe.Estimate;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Concurrency;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Tables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * DynamoDB tables.
 *
 * @param backoff a new one for every request, or page
 */
public record TableSource(Tables tables, Supplier<Backoff> backoff, Concurrency concurrency) implements Source {
    private static final Segment ALL = new Segment(0, 1);

    public TableSource(Tables tables, Invocation invocation) {
        this(tables, invocation::backoff, invocation.concurrency());
    }

    @Override
    public Optional<TableShape> describe(PhysicalTable table) {
        return backoff.get().retry(() -> tables.describe(table));
    }

    @Override
    public Estimate divide(PhysicalTable table) {
        return new SegmentProbe(tables, backoff.get()).probe(table);
    }

    @Override
    public SourcePages read(Division division) {
        return new DividedTable(tables, division, backoff);
    }

    @Override
    public List<Map<String, AttributeValue>> find(
            TableShape table, KeyAttribute attribute, AttributeValue value, int most) {
        return attribute.equals(table.partitionKey())
                ? query(table, value, most)
                : scan(table, attribute, List.of(value), most);
    }

    @Override
    public List<Map<String, AttributeValue>> find(
            TableShape table, KeyAttribute attribute, Collection<AttributeValue> values) {
        return values.isEmpty() ? List.of() : scan(table, attribute, values, Integer.MAX_VALUE);
    }

    @Override
    public Collection<Map<String, AttributeValue>> find(TableShape table, Collection<Key> keys) {
        return new KeyReader(tables, table, backoff, concurrency).read(keys).values();
    }

    private List<Map<String, AttributeValue>> query(TableShape table, AttributeValue value, int most) {
        var records = new ArrayList<Map<String, AttributeValue>>();
        Optional<Tables.Cursor> from = Optional.empty();
        do {
            var query = new Tables.Query(table.table(), table.partitionKey(), value, from);
            var answer = backoff.get().retry(() -> tables.query(query));
            records.addAll(answer.items());
            from = answer.next();
        } while (from.isPresent() && records.size() < most);
        return records;
    }

    /** Values of a sort key cannot be found but by reading the table. */
    private List<Map<String, AttributeValue>> scan(
            TableShape table, KeyAttribute attribute, Collection<AttributeValue> values, int most) {
        var wanted = values.stream().map(value -> key(attribute, value)).collect(Collectors.toSet());
        var pages = read(Division.whole(table, true));
        var records = new ArrayList<Map<String, AttributeValue>>();
        Optional<JsonNode> from = Optional.empty();
        do {
            var page = pages.page(ALL, from);
            page.items().stream()
                    .filter(item -> wanted.contains(key(attribute, item.get(attribute.name()))))
                    .forEach(records::add);
            from = page.next();
        } while (from.isPresent() && records.size() < most);
        return records;
    }

    private static Key key(KeyAttribute attribute, AttributeValue value) {
        return new Key(Map.of(attribute.name(), value));
    }
}
