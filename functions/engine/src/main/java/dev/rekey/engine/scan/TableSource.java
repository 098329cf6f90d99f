package dev.rekey.engine.scan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.SameContent;
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
        return attribute.equals(table.partitionKey()) ? query(table, value, most) : scan(table, attribute, value, most);
    }

    @Override
    public Collection<Map<String, AttributeValue>> find(TableShape table, Collection<Key> keys) {
        return new TargetReader(tables, table, backoff, concurrency).read(keys).values();
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

    /** The value of a sort key cannot be found but by reading the table. */
    private List<Map<String, AttributeValue>> scan(
            TableShape table, KeyAttribute attribute, AttributeValue value, int most) {
        var pages = read(Division.whole(table, true));
        var records = new ArrayList<Map<String, AttributeValue>>();
        Optional<JsonNode> from = Optional.empty();
        do {
            var page = pages.page(ALL, from);
            page.items().stream()
                    .filter(item -> SameContent.same(item.get(attribute.name()), value))
                    .forEach(records::add);
            from = page.next();
        } while (from.isPresent() && records.size() < most);
        return records;
    }
}
