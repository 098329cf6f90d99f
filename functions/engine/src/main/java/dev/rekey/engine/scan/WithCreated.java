package dev.rekey.engine.scan;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.run.FrozenCreated;
import dev.rekey.engine.run.FrozenCreated.Created;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.scan.SegmentProbe.Estimate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A source in which the records that a run creates are found as if it held them, unless it does. Reading its tables does not
 * show them.
 */
public final class WithCreated implements Source {
    private final Source source;
    private final Map<PhysicalTable, List<Map<String, AttributeValue>>> created;
    private final Map<List<Object>, Map<Key, List<Map<String, AttributeValue>>>> indexes = new ConcurrentHashMap<>();

    /** {@code source} with what {@code run} creates, if that is anything. */
    public static Source of(Source source, RunContext run, FrozenCreated created) {
        if (created.all().isEmpty()) {
            return source;
        }
        return new WithCreated(
                source,
                created.all().stream()
                        .collect(Collectors.groupingBy(
                                one -> run.manifest()
                                        .shapes(one.table())
                                        .source()
                                        .table(),
                                Collectors.mapping(Created::attributes, Collectors.toList()))));
    }

    /** @param created by the physical table that would hold them */
    private WithCreated(Source source, Map<PhysicalTable, List<Map<String, AttributeValue>>> created) {
        this.source = source;
        this.created = created;
    }

    @Override
    public Optional<TableShape> describe(PhysicalTable table) {
        return source.describe(table);
    }

    @Override
    public Estimate divide(PhysicalTable table) {
        return source.divide(table);
    }

    @Override
    public SourcePages read(Division division) {
        return source.read(division);
    }

    @Override
    public List<Map<String, AttributeValue>> find(
            TableShape table, KeyAttribute attribute, AttributeValue value, int most) {
        var found = source.find(table, attribute, value, most);
        return found.size() >= most ? found : with(table, found, created(table, attribute, List.of(value)));
    }

    @Override
    public List<Map<String, AttributeValue>> find(
            TableShape table, KeyAttribute attribute, Collection<AttributeValue> values) {
        return with(table, source.find(table, attribute, values), created(table, attribute, values));
    }

    private Stream<Map<String, AttributeValue>> created(
            TableShape table, KeyAttribute attribute, Collection<AttributeValue> values) {
        var index = index(table.table(), List.of(attribute));
        return values.stream()
                .flatMap(value -> index.getOrDefault(new Key(Map.of(attribute.name(), value)), List.of()).stream());
    }

    @Override
    public Collection<Map<String, AttributeValue>> find(TableShape table, Collection<Key> keys) {
        var index = index(table.table(), table.keyAttributes());
        return with(
                table,
                source.find(table, keys),
                keys.stream().flatMap(key -> index.getOrDefault(key, List.of()).stream()));
    }

    /** What is created in {@code table}, by the values of {@code attributes}. */
    private Map<Key, List<Map<String, AttributeValue>>> index(PhysicalTable table, List<KeyAttribute> attributes) {
        return indexes.computeIfAbsent(
                List.of(table, attributes),
                _ -> created.getOrDefault(table, List.of()).stream()
                        .collect(Collectors.groupingBy(record -> new Key(attributes.stream()
                                .collect(Collectors.toMap(KeyAttribute::name, one -> record.get(one.name())))))));
    }

    private static List<Map<String, AttributeValue>> with(
            TableShape table, Collection<Map<String, AttributeValue>> found, Stream<Map<String, AttributeValue>> more) {
        var there = found.stream().map(table::keyOf).collect(Collectors.toSet());
        var all = new ArrayList<>(found);
        more.filter(record -> !there.contains(table.keyOf(record))).forEach(all::add);
        return all;
    }
}
