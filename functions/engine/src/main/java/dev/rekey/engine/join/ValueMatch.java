package dev.rekey.engine.join;

import dev.rekey.engine.evidence.Hashes;
import dev.rekey.engine.join.Sighting.Hits;
import dev.rekey.engine.plan.FamilyName;
import dev.rekey.engine.table.KeyType;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the known ids among the values of one partition. Holds 8 bytes for each value, up to a limit: beyond it every
 * second value is dropped, by its hash, and what is left is counted double, so that an id is seen everywhere or nowhere.
 */
final class ValueMatch {
    private static final int MOST_PLACES = 5_000;
    /** Bits that neither choose the partition nor the slot in a set. */
    private static final int DROPPED_BY = 40;

    private final int mostValues;
    private final Map<FamilyName, Known> known = new TreeMap<>();
    private final Map<Sighting.Where, Map<Boolean, Longs>> seen = new LinkedHashMap<>();
    private long values;
    private int halvings;

    /** @param mostValues that are held */
    ValueMatch(int mostValues) {
        this.mostValues = mostValues;
    }

    private record Known(KeyType type, Hashes ids) {}

    void known(Spilled line) {
        var ids =
                known.computeIfAbsent(line.family(), _ -> new Known(line.seen().type(), new Hashes()));
        line.seen().forEach(hash -> ids.ids().add(hash));
    }

    void seen(Spilled line) {
        var where = new Sighting.Where(
                line.table(), line.path(), line.seen().part(), line.seen().type());
        if (seen.size() >= MOST_PLACES && !seen.containsKey(where)) {
            return;
        }
        var hashes = seen.computeIfAbsent(where, _ -> new TreeMap<>())
                .computeIfAbsent(line.seen().telling(), _ -> new Longs());
        line.seen().forEach(hash -> {
            if (isKept(hash)) {
                hashes.add(hash);
                values++;
            }
        });
        while (values > mostValues) {
            halvings++;
            seen.values().forEach(lanes -> lanes.values().forEach(some -> values -= some.keep(this::isKept)));
        }
    }

    private boolean isKept(long hash) {
        return ((hash >>> DROPPED_BY) & ((1L << halvings) - 1)) == 0;
    }

    /** Every place with values, whether or not any of them matches. */
    List<Sighting> sightings() {
        var byType = new EnumMap<KeyType, Map<FamilyName, Known>>(KeyType.class);
        known.forEach((family, ids) ->
                byType.computeIfAbsent(ids.type(), _ -> new TreeMap<>()).put(family, ids));
        return seen.entrySet().stream()
                .map(place -> sighting(
                        place.getKey(),
                        place.getValue(),
                        byType.getOrDefault(place.getKey().type(), Map.of())))
                .toList();
    }

    private Sighting sighting(Sighting.Where where, Map<Boolean, Longs> lanes, Map<FamilyName, Known> families) {
        long all = lanes.values().stream().mapToLong(Longs::size).sum();
        var hits = new TreeMap<FamilyName, Hits>();
        families.forEach((family, ids) -> {
            var found = hits(ids.ids(), lanes);
            if (found.matched() > 0) {
                hits.put(family, found);
            }
        });
        return new Sighting(
                where.table(), where.path(), where.part(), where.type(), all << halvings, hits, halvings > 0);
    }

    private Hits hits(Hashes ids, Map<Boolean, Longs> lanes) {
        var distinct = new Hashes();
        long telling = matched(ids, lanes.getOrDefault(true, new Longs()), distinct);
        long others = matched(ids, lanes.getOrDefault(false, new Longs()), distinct);
        return new Hits((telling + others) << halvings, telling << halvings, (long) distinct.size() << halvings);
    }

    private static long matched(Hashes ids, Longs hashes, Hashes distinct) {
        return hashes.count(hash -> {
            boolean isId = ids.contains(hash);
            if (isId) {
                var _ = distinct.add(hash);
            }
            return isId;
        });
    }
}
