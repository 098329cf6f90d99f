package dev.rekey.engine.join;

import dev.rekey.core.plan.FamilyName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongPredicate;

/**
 * The values of one partition at each place, by their hashes. Holds 8 bytes for each value, up to a limit: beyond it every
 * second value is dropped, by its hash, and what is left is counted double, so that an id is seen everywhere or nowhere.
 */
final class PlacedHashes {
    private static final int MOST_PLACES = 5_000;
    /** Bits that neither choose the partition nor the slot in a set. */
    private static final int DROPPED_BY = 40;

    private final int mostValues;
    private final Map<Place, Map<Boolean, Longs>> seen = new LinkedHashMap<>();
    private long values;
    private int halvings;

    /** @param mostValues that are held */
    PlacedHashes(int mostValues) {
        this.mostValues = mostValues;
    }

    boolean isEmpty() {
        return seen.isEmpty();
    }

    void add(Place where, Seen more) {
        if (seen.size() >= MOST_PLACES && !seen.containsKey(where)) {
            return;
        }
        var hashes =
                seen.computeIfAbsent(where, _ -> new TreeMap<>()).computeIfAbsent(more.telling(), _ -> new Longs());
        more.forEach(hash -> {
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

    /**
     * Every place with values, whether or not any of them is known.
     *
     * @param declared whose ids the plan says they are: of others, only those count that are none of these
     */
    List<Sighting> found(KnownIds known, Function<Place, Optional<FamilyName>> declared) {
        return seen.entrySet().stream()
                .map(place -> {
                    var families = known.of(place.getKey().type());
                    return declared.apply(place.getKey())
                            .map(family -> {
                                var own = families.getOrDefault(family, new Hashes());
                                return found(
                                        place.getKey(),
                                        place.getValue(),
                                        without(families, family),
                                        hash -> !own.contains(hash));
                            })
                            .orElseGet(() -> found(place.getKey(), place.getValue(), families, _ -> true));
                })
                .toList();
    }

    private static Map<FamilyName, Hashes> without(Map<FamilyName, Hashes> families, FamilyName one) {
        var others = new TreeMap<>(families);
        others.remove(one);
        return others;
    }

    private Sighting found(
            Place where, Map<Boolean, Longs> lanes, Map<FamilyName, Hashes> families, LongPredicate counts) {
        long all = lanes.values().stream().mapToLong(Longs::size).sum();
        var hits = new TreeMap<FamilyName, Hits>();
        families.forEach((family, ids) -> {
            var found = hits(hash -> ids.contains(hash) && counts.test(hash), lanes);
            if (found.matched() > 0) {
                hits.put(family, found);
            }
        });
        return new Sighting(where, all << halvings, hits, List.of(), halvings > 0);
    }

    private Hits hits(LongPredicate ids, Map<Boolean, Longs> lanes) {
        var distinct = new Hashes();
        long telling = matched(ids, lanes.getOrDefault(true, new Longs()), distinct);
        long others = matched(ids, lanes.getOrDefault(false, new Longs()), distinct);
        return new Hits((telling + others) << halvings, telling << halvings, (long) distinct.size() << halvings);
    }

    private static long matched(LongPredicate ids, Longs hashes, Hashes distinct) {
        return hashes.count(hash -> {
            boolean isId = ids.test(hash);
            if (isId) {
                var _ = distinct.add(hash);
            }
            return isId;
        });
    }
}
