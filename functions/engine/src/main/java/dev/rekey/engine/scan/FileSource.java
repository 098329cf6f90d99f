package dev.rekey.engine.scan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.ItemSize;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SegmentProbe.Estimate;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Files;
import dev.rekey.engine.store.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Files, as a run has frozen them. Of a table in which something is searched, all records are kept in memory, if they fit. */
final class FileSource implements Source {
    private static final Segment ALL = new Segment(0, 1);
    /** Of the records of a table that are kept in memory, as DynamoDB counts them. */
    private static final long MOST_BYTES = 128L << 20;

    private final Files files;
    private final Map<PhysicalTable, FileTable> tables;
    private final Supplier<Backoff> backoff;
    private final Map<List<Object>, Map<AttributeValue, List<Map<String, AttributeValue>>>> indexes =
            new ConcurrentHashMap<>();

    /**
     * @param tables by the address that the plan has for their files
     * @param backoff a new one for every request
     */
    FileSource(Files files, Map<PhysicalTable, FileTable> tables, Supplier<Backoff> backoff) {
        this.files = files;
        this.tables = Map.copyOf(tables);
        this.backoff = backoff;
    }

    @Override
    public Optional<TableShape> describe(PhysicalTable table) {
        return Optional.ofNullable(tables.get(table)).map(FileTable::shape);
    }

    /** By the first page. */
    @Override
    public Estimate divide(PhysicalTable table) {
        var of = tables.get(table);
        var page = pages(of, 0).page(ALL, Optional.empty());
        long records = page.items().size() + (long) page.unreadable().size();
        long size = page.items().stream().mapToLong(ItemSize::bytes).sum();
        if (page.next().isEmpty()) {
            return new Estimate(records, size, of.segments().size());
        }
        double pages = Math.max(1, (double) of.bytes() / FilePages.CHUNK);
        return new Estimate(
                (long) (records * pages), (long) (size * pages), of.segments().size());
    }

    @Override
    public SourcePages read(Division division) {
        return pages(tables.get(division.table().table()), division.pageRecords());
    }

    private SourcePages pages(FileTable table, int pageRecords) {
        return new FilePages(table, new FileBytes(files, backoff), pageRecords);
    }

    @Override
    public List<Map<String, AttributeValue>> find(
            TableShape table, KeyAttribute attribute, AttributeValue value, int most) {
        return find(table, attribute, List.of(value));
    }

    /** Of files that do not fit in memory, all are read, and only what is wanted is kept. */
    @Override
    public List<Map<String, AttributeValue>> find(
            TableShape table, KeyAttribute attribute, Collection<AttributeValue> values) {
        var wanted = Set.copyOf(values);
        if (tables.get(table.table()).fitsInMemory()) {
            var index = index(table, attribute);
            return wanted.stream()
                    .flatMap(value -> index.getOrDefault(value, List.of()).stream())
                    .toList();
        }
        var found = new ArrayList<Map<String, AttributeValue>>();
        each(
                table,
                page -> page.stream()
                        .filter(item -> wanted.contains(item.get(attribute.name())))
                        .forEach(found::add));
        return found;
    }

    @Override
    public Collection<Map<String, AttributeValue>> find(TableShape table, Collection<Key> keys) {
        var wanted = Set.copyOf(keys);
        var values = keys.stream()
                .map(key -> key.attributes().get(table.partitionKey().name()))
                .toList();
        return find(table, table.partitionKey(), values).stream()
                .filter(item -> wanted.contains(table.keyOf(item)))
                .toList();
    }

    private static StoreException tooLarge(PhysicalTable table) {
        return new StoreException(
                StoreException.Kind.INVALID,
                "Cannot search the records of %s (file.too-large): they have more than %d MB. Nothing was changed. Import the files in parts, each by a plan with a name of its own."
                        .formatted(table, MOST_BYTES >> 20));
    }

    /** Preparation has seen to it that they fit in memory, as far as the size of packed files tells. */
    private Map<AttributeValue, List<Map<String, AttributeValue>>> index(TableShape table, KeyAttribute attribute) {
        return indexes.computeIfAbsent(List.of(table.table(), attribute), _ -> {
            var records = new HashMap<AttributeValue, List<Map<String, AttributeValue>>>();
            var bytes = new AtomicLong();
            each(table, page -> {
                page.forEach(item -> records.computeIfAbsent(item.get(attribute.name()), _ -> new ArrayList<>())
                        .add(item));
                if (bytes.addAndGet(page.stream().mapToLong(ItemSize::bytes).sum()) > MOST_BYTES) {
                    throw tooLarge(table.table());
                }
            });
            return records;
        });
    }

    private void each(TableShape table, Consumer<List<Map<String, AttributeValue>>> pages) {
        var reading = read(Division.whole(table, true));
        Optional<JsonNode> from = Optional.empty();
        do {
            var page = reading.page(ALL, from);
            pages.accept(page.items());
            from = page.next();
        } while (from.isPresent());
    }
}
