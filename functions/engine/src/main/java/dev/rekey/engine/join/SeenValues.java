package dev.rekey.engine.join;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.ReferencePath.Step;
import dev.rekey.core.plan.TableName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The values in one page of a table's records that may be ids, and the ids that are known from it: so many that only their
 * hashes are spilled, 8 bytes each.
 */
public final class SeenValues {
    /** Longer strings are no ids. */
    private static final int LONGEST = 256;

    private static final Separators SEPARATORS = new Separators("#|:/,;~");
    private static final int MOST_NAMES = 500;
    private static final int MOST_PLACES = 2_000;

    private final TableName table;
    private final Set<KeyType> types;
    private final Predicate<List<Step>> skipped;
    private final RecordWalk<ValueNode> walk;
    private final ValueNode root = new ValueNode(List.of());
    private final Map<FamilyName, Known> known = new HashMap<>();
    private int places;

    /**
     * @param types of the ids that are looked for
     * @param skipped paths where nothing is looked at
     */
    public SeenValues(TableName table, Set<KeyType> types, Predicate<List<Step>> skipped) {
        this.table = table;
        this.types = types.isEmpty() ? Set.of() : EnumSet.copyOf(types);
        this.skipped = skipped;
        this.walk = new RecordWalk<>(new Seeing());
    }

    /** A record has the identity {@code id}. */
    public void known(FamilyName family, OldId id) {
        known.computeIfAbsent(family, _ -> new Known(id.type(), new Longs()))
                .hashes
                .add(Value.hash(id));
    }

    /** Looks at every value in {@code record}. */
    public void in(Map<String, AttributeValue> record) {
        if (!types.isEmpty()) {
            walk.fields(root, record);
        }
    }

    /** Adds a line to each of {@code partitions} that values belong into. */
    void into(List<List<Spilled>> partitions) {
        known.forEach((family, ids) -> distribute(
                ids.hashes, partitions, some -> new Spilled.Known(family, Seen.of(0, ids.type, false, some))));
        root.into(partitions);
    }

    static void distribute(Longs hashes, List<List<Spilled>> partitions, Function<Longs, Spilled> line) {
        var some = new TreeMap<Integer, Longs>();
        hashes.forEach(hash -> some.computeIfAbsent(
                        (int) Long.remainderUnsigned(hash, partitions.size()), _ -> new Longs())
                .add(hash));
        some.forEach((partition, ofPartition) -> partitions.get(partition).add(line.apply(ofPartition)));
    }

    private record Known(KeyType type, Longs hashes) {}

    /** One kind of values at a place. */
    private record ValueKind(int part, KeyType type, boolean telling) {}

    /** A place in the records, and the places below. */
    private final class ValueNode {
        private final List<Step> path;
        private final Map<Step, Optional<ValueNode>> below = new HashMap<>();
        private final Map<ValueKind, Longs> kinds = new LinkedHashMap<>();

        ValueNode(List<Step> path) {
            this.path = path;
        }

        Optional<ValueNode> at(Step step) {
            var there = below.get(step);
            if (there == null) {
                if (below.size() >= MOST_NAMES || places >= MOST_PLACES) {
                    return Optional.empty();
                }
                var longer = new ArrayList<>(path);
                longer.add(step);
                there = Optional.of(List.<Step>copyOf(longer))
                        .filter(skipped.negate())
                        .map(ValueNode::new);
                places++;
                below.put(step, there);
            }
            return there;
        }

        void add(int part, Value value) {
            boolean telling = value.isTelling();
            for (var type : types) {
                long hash = value.hash(type);
                if (hash != 0) {
                    kinds.computeIfAbsent(new ValueKind(part, type, telling), _ -> new Longs())
                            .add(hash);
                }
            }
        }

        void into(List<List<Spilled>> partitions) {
            kinds.forEach((lane, hashes) -> distribute(
                    hashes,
                    partitions,
                    some -> new Spilled.Values(
                            new Place(table, RecordWalk.text(path), new Place.Numbered(lane.part), lane.type),
                            Seen.of(lane.part, lane.type, lane.telling, some))));
            below.values().forEach(place -> place.ifPresent(there -> there.into(partitions)));
        }
    }

    private static final class Seeing implements RecordWalk.Visitor<ValueNode> {
        @Override
        public Optional<ValueNode> at(ValueNode place, Step step) {
            return place.at(step);
        }

        @Override
        public boolean see(ValueNode place, Value value) {
            if (value instanceof Value.Text(var text)) {
                if (text.length() > LONGEST) {
                    return false;
                }
                parts(place, text);
            }
            place.add(0, value);
            return true;
        }

        private void parts(ValueNode place, String text) {
            if (SEPARATORS.areIn(text) && !Value.isTime(text)) {
                for (var part : SEPARATORS.parts(text)) {
                    place.add(part.number(), new Value.Text(part.of(text)));
                }
            }
        }
    }
}
