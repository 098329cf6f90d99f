package dev.rekey.engine.join;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.TableName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The composite values in the keys of one page of a table's records: 8 bytes for each piece that may be an id, and a few
 * records to show. Values without separators cost no more than looking for one.
 */
public final class CompositeValues {
    private static final int MOST_LANES = 2_000;
    private static final int EXAMPLES = 10;

    private final TableName table;
    private final Set<String> attributes;
    private final Set<KeyType> types;
    private final Map<ValueKind, Pieces> lanes = new LinkedHashMap<>();

    /**
     * @param attributes of the key and of the keys of indexes
     * @param types of the ids that are looked for
     */
    public CompositeValues(TableName table, Set<String> attributes, Set<KeyType> types) {
        this.table = table;
        this.attributes = attributes;
        this.types = types;
    }

    private record ValueKind(Place where, boolean telling) {}

    /** @param examples keys of records, by the hash of a piece that they hold */
    private record Pieces(Longs hashes, Map<Long, String> examples) {
        void add(long hash, Supplier<String> record) {
            hashes.add(hash);
            if (examples.size() < EXAMPLES && !examples.containsKey(hash)) {
                examples.put(hash, record.get());
            }
        }
    }

    public void in(Map<String, AttributeValue> record, Key key) {
        for (var attribute : attributes) {
            var value = record.get(attribute);
            if (value != null && value.type() == AttributeValue.Type.S) {
                for (var piece : Composite.pieces(value.s())) {
                    add(attribute, piece, () -> Spilled.text(key));
                }
            }
        }
    }

    private void add(String attribute, Composite.Taken piece, Supplier<String> record) {
        var value = new Value.Text(piece.text());
        for (var type : types) {
            long hash = value.hash(type);
            if (hash != 0) {
                var where = new Place(table, attribute, piece.part(), type);
                add(new ValueKind(where, value.isTelling()), hash, record);
            }
        }
    }

    private void add(ValueKind lane, long hash, Supplier<String> record) {
        var pieces = lanes.get(lane);
        if (pieces == null && lanes.size() < MOST_LANES) {
            pieces = new Pieces(new Longs(), new HashMap<>());
            lanes.put(lane, pieces);
        }
        if (pieces != null) {
            pieces.add(hash, record);
        }
    }

    /** Adds a line to each of {@code partitions} that pieces belong into, and one for each example. */
    void into(List<List<Spilled>> partitions) {
        lanes.forEach((lane, pieces) -> {
            Function<Longs, Seen> seen = some -> Seen.of(0, lane.where.type(), lane.telling, some);
            SeenValues.distribute(pieces.hashes, partitions, some -> new Spilled.Values(lane.where, seen.apply(some)));
            pieces.examples.forEach((hash, record) -> {
                var one = new Longs();
                one.add(hash);
                SeenValues.distribute(
                        one, partitions, some -> new Spilled.Example(lane.where, seen.apply(some), record));
            });
        });
    }
}
