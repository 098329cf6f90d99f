package dev.rekey.engine.store;

import dev.rekey.core.item.ItemSize;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.Tables.Cursor;
import dev.rekey.engine.store.Tables.Expected;
import dev.rekey.engine.store.Tables.Query;
import dev.rekey.engine.store.Tables.Scan;
import dev.rekey.engine.store.Tables.Scanned;
import dev.rekey.engine.store.Tables.Update;
import dev.rekey.engine.store.Tables.WriteOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One table in memory. Not for several threads at once. */
final class StoredTable {
    private static final int PAGE_BYTES = 1024 * 1024;
    private static final int READ_UNIT_BYTES = 4096;
    private static final int WRITE_UNIT_BYTES = 1024;
    private static final int MAX_SEGMENTS = 1_000_000;

    private final TableShape shape;
    private final ItemRules rules;
    private final NavigableMap<Position, Map<String, AttributeValue>> items = new TreeMap<>();
    private final Set<String> emptyPagesGiven = new HashSet<>();

    StoredTable(TableShape shape) {
        this.shape = shape;
        this.rules = new ItemRules(shape);
    }

    /** The same items again; what happens to one of the two does not touch the other. */
    StoredTable copy() {
        var copy = new StoredTable(shape);
        copy.items.putAll(items);
        copy.emptyPagesGiven.addAll(emptyPagesGiven);
        return copy;
    }

    TableShape shape() {
        return shape;
    }

    List<Map<String, AttributeValue>> items() {
        return List.copyOf(items.values());
    }

    /** The item as it would be stored. */
    Map<String, AttributeValue> accepted(Map<String, AttributeValue> item) {
        return rules.accepted(item);
    }

    Position position(Key key) {
        return Position.of(shape, rules.acceptedKey(key.attributes()));
    }

    Optional<Map<String, AttributeValue>> find(Position position) {
        return Optional.ofNullable(items.get(position));
    }

    /** Stores an item that was accepted. Gives the units. */
    double store(Map<String, AttributeValue> accepted) {
        var old = items.put(Position.of(shape, accepted), accepted);
        return writeUnits(Optional.ofNullable(old), Optional.of(accepted));
    }

    WriteOutcome put(Map<String, AttributeValue> item, Expected expected) {
        var accepted = accepted(item);
        var found = find(Position.of(shape, accepted));
        if (!holds(expected, found)) {
            return new WriteOutcome.ConditionFailed(found, writeUnits(found, Optional.of(accepted)));
        }
        return new WriteOutcome.Done(found, store(accepted));
    }

    WriteOutcome update(Update update) {
        ItemRules.require(UpdateExpression.of(update).fits(), "an expression is too long or has too many operators");
        var names = shape.keyAttributes().stream().map(KeyAttribute::name).toList();
        ItemRules.require(
                names.stream()
                        .noneMatch(name -> update.set().containsKey(name)
                                || update.remove().contains(name)),
                "an attribute is part of the key");
        rules.acceptedAttributes(update.set());
        var found = find(position(update.key()));
        if (!found.filter(item -> isAsExpected(update, item)).isPresent()) {
            return new WriteOutcome.ConditionFailed(found, writeUnits(found));
        }
        var item = new HashMap<>(found.get());
        item.keySet().removeAll(update.remove());
        item.putAll(update.set());
        var touched = new HashMap<>(found.get());
        touched.keySet()
                .removeIf(name ->
                        !update.set().containsKey(name) && !update.remove().contains(name));
        return new WriteOutcome.Done(
                Optional.<Map<String, AttributeValue>>of(touched).filter(old -> !old.isEmpty()), store(accepted(item)));
    }

    private static boolean isAsExpected(Update update, Map<String, AttributeValue> found) {
        return update.expected().entrySet().stream().allMatch(one -> {
            var there = Optional.ofNullable(found.get(one.getKey())).map(CanonicalText::of);
            return there.equals(one.getValue().map(CanonicalText::of));
        });
    }

    WriteOutcome delete(Key key, Expected expected) {
        var position = position(key);
        var found = find(position);
        double units = writeUnits(found, Optional.empty());
        if (!holds(expected, found)) {
            return new WriteOutcome.ConditionFailed(found, units);
        }
        items.remove(position);
        return new WriteOutcome.Done(found, units);
    }

    /** The units that it took. */
    double delete(Key key) {
        return writeUnits(Optional.ofNullable(items.remove(position(key))), Optional.empty());
    }

    private boolean holds(Expected expected, Optional<Map<String, AttributeValue>> found) {
        return switch (expected) {
            case Expected.Absent _ -> found.isEmpty();
            case Expected.Attributes attributes -> found.isPresent() && equal(attributes, found.get());
        };
    }

    private boolean equal(Expected.Attributes expected, Map<String, AttributeValue> found) {
        var keyNames = shape.keyAttributes().stream().map(KeyAttribute::name).toList();
        return ComparedAttributes.of(expected, keyNames).stream()
                .allMatch(name -> found.containsKey(name)
                        && CanonicalText.of(expected.values().get(name)).equals(CanonicalText.of(found.get(name))));
    }

    /** Whether a page at this place is given empty; true once for each place. */
    boolean givesEmptyPage(Scan scan) {
        return scan.from().isPresent() && emptyPagesGiven.add(scan.toString());
    }

    Scanned scan(Scan scan) {
        ItemRules.require(scan.totalSegments() >= 1 && scan.totalSegments() <= MAX_SEGMENTS, "bad total segments");
        ItemRules.require(scan.segment() >= 0 && scan.segment() < scan.totalSegments(), "bad segment");
        var start = Position.startOf(scan.segment(), scan.totalSegments());
        var end = Position.startOf(scan.segment() + 1, scan.totalSegments());
        var from = scan.from().map(this::position);
        ItemRules.require(
                from.stream().allMatch(p -> p.compareTo(start) >= 0 && p.compareTo(end) < 0),
                "exclusive start key must lie within the segment");
        var rest = items.subMap(from.orElse(start), from.isEmpty(), end, false);
        return page(rest, scan.limit(), _ -> true, scan.consistent() ? 1 : 0.5);
    }

    Scanned query(Query query) {
        ItemRules.require(
                query.partitionKey().equals(shape.partitionKey()), "query condition missed key schema element");
        var partition = Position.Value.of(query.value());
        var start = new Position(partition.hash(), partition, Position.Value.LOWEST);
        var from = query.from().map(this::position);
        ItemRules.require(
                from.stream().allMatch(p -> p.partition().equals(partition) && isBelow(p, query)),
                "the provided starting key does not match the range key predicate");
        var rest = items.tailMap(from.orElse(start), from.isEmpty());
        return page(
                rest,
                query.limit(),
                position -> position.partition().equals(partition) && isUpTo(position, query),
                query.consistent() ? 1 : 0.5);
    }

    private static boolean isBelow(Position position, Query query) {
        return query.upTo()
                .filter(upTo -> position.sort().compareTo(Position.Value.of(upTo.value())) >= 0)
                .isEmpty();
    }

    private static boolean isUpTo(Position position, Query query) {
        return query.upTo()
                .filter(upTo -> position.sort().compareTo(Position.Value.of(upTo.value())) > 0)
                .isEmpty();
    }

    private Scanned page(
            NavigableMap<Position, Map<String, AttributeValue>> rest,
            int limit,
            Predicate<Position> within,
            double unitsPerBlock) {
        var page = new ArrayList<Map<String, AttributeValue>>();
        int bytes = 0;
        boolean full = false;
        for (var entry : rest.entrySet()) {
            if (full || !within.test(entry.getKey())) {
                break;
            }
            page.add(entry.getValue());
            bytes += ItemSize.bytes(entry.getValue());
            full = bytes >= PAGE_BYTES || page.size() == limit;
        }
        // A page that is full has a cursor, though nothing may come after it: so does DynamoDB.
        var next = full ? Optional.of(cursor(page.getLast())) : Optional.<Cursor>empty();
        return new Scanned(page, next, unitsPerBlock * blocks(bytes, READ_UNIT_BYTES));
    }

    private Position position(Cursor cursor) {
        return Position.of(shape, rules.acceptedKey(cursor.lastEvaluatedKey()));
    }

    private Cursor cursor(Map<String, AttributeValue> item) {
        return new Cursor(shape.keyOf(item).attributes());
    }

    static double readUnits(Map<String, AttributeValue> item) {
        return blocks(ItemSize.bytes(item), READ_UNIT_BYTES);
    }

    @SafeVarargs
    private static double writeUnits(Optional<Map<String, AttributeValue>>... images) {
        int bytes = 0;
        for (var image : images) {
            bytes = Math.max(bytes, image.map(ItemSize::bytes).orElse(0));
        }
        return blocks(bytes, WRITE_UNIT_BYTES);
    }

    private static double blocks(int bytes, int blockBytes) {
        return Math.max(1, Math.ceilDiv(bytes, blockBytes));
    }
}
