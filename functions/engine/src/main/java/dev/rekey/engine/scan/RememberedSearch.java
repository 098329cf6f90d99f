package dev.rekey.engine.scan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.item.TypedJson;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.scan.SegmentProbe.Estimate;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tables that are searched for values of a sort key, which may take longer than one invocation: the next one goes on where it
 * ended.
 *
 * @param side tells the sides of a plan apart, whose tables may have one name
 */
public record RememberedSearch(Source source, Documents documents, RunFolder folder, String side, Invocation invocation)
        implements Source {
    private static final Segment ALL = new Segment(0, 1);

    /**
     * How far a search has come.
     *
     * @param cursor empty at the beginning and at the end
     * @param found keys of records, as DynamoDB JSON
     */
    private record Progress(boolean done, Optional<JsonNode> cursor, List<String> found) {
        static final Progress NONE = new Progress(false, Optional.empty(), List.of());
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
        return source.find(table, attribute, value, most);
    }

    @Override
    public Collection<Map<String, AttributeValue>> find(TableShape table, Collection<Key> keys) {
        return source.find(table, keys);
    }

    @Override
    public List<Map<String, AttributeValue>> find(
            TableShape table, KeyAttribute attribute, Collection<AttributeValue> values) {
        var wanted = values.stream().map(value -> key(attribute, value)).collect(Collectors.toSet());
        var at = at(table, values);
        var progress = documents
                .find(at, Progress.class)
                .map(Documents.Versioned::value)
                .orElse(Progress.NONE);
        var pages = source.read(Division.whole(table, true));
        while (!progress.done()) {
            try {
                progress = next(pages, table, attribute, wanted, progress);
            } catch (StoreException e) {
                if (e.kind() == Kind.THROTTLED) {
                    documents.put(at, progress);
                }
                throw e;
            }
        }
        return List.copyOf(source.find(
                table,
                progress.found().stream()
                        .map(text -> new Key(TypedJson.parse(text)))
                        .toList()));
    }

    private Progress next(
            SourcePages pages, TableShape table, KeyAttribute attribute, Collection<Key> wanted, Progress progress) {
        if (invocation.isOver()) {
            throw new StoreException(
                    Kind.THROTTLED,
                    ("Cannot read %s to its end: the invocation is over. Nothing was changed."
                                    + " The next invocation goes on.")
                            .formatted(table.table()));
        }
        var page = pages.page(ALL, progress.cursor());
        var found = new ArrayList<>(progress.found());
        page.items().stream()
                .filter(item -> wanted.contains(key(attribute, item.get(attribute.name()))))
                .forEach(item -> found.add(TypedJson.text(table.keyOf(item).attributes())));
        return new Progress(page.next().isEmpty(), page.next(), found);
    }

    private ObjectKey at(TableShape table, Collection<AttributeValue> values) {
        var asked = AttributeValue.fromL(List.copyOf(values));
        return folder.key("searched/%s/%s/%s.json"
                .formatted(
                        side,
                        table.table().name(),
                        RecordDigest.of(Map.of("values", asked)).hex()));
    }

    private static Key key(KeyAttribute attribute, AttributeValue value) {
        return new Key(Map.of(attribute.name(), value));
    }
}
