package dev.rekey.engine.draft;

import dev.rekey.engine.join.Certainty;
import dev.rekey.engine.join.Composite;
import dev.rekey.engine.join.CompositePrefixes;
import dev.rekey.engine.join.Hashes;
import dev.rekey.engine.join.Hits;
import dev.rekey.engine.join.Place.Piece;
import dev.rekey.engine.join.Value;
import dev.rekey.engine.join.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What stands in the composite values of one attribute of a key, or of the key of an index. */
final class CompositeTally {
    private static final int MOST_PLACES = 2_000;
    private static final int MOST_FACTS = 5;

    private final Map<Piece, Map<KeySet, Pieces>> places = new LinkedHashMap<>();
    private final Map<Piece, Long> values = new LinkedHashMap<>();

    /** Pieces that are keys of one table. */
    private static final class Pieces {
        private final Hashes distinct = new Hashes();
        private long matched;
        private long telling;

        Hits hits() {
            return new Hits(matched, telling, distinct.size());
        }
    }

    void add(String value, KeySets sets) {
        for (var piece : Composite.pieces(value)) {
            var where = piece.part();
            if (places.size() < MOST_PLACES || places.containsKey(where)) {
                values.merge(where, 1L, Long::sum);
                add(places.computeIfAbsent(where, _ -> new HashMap<>()), new Value.Text(piece.text()), sets);
            }
        }
    }

    private static void add(Map<KeySet, Pieces> bySet, Value piece, KeySets sets) {
        for (var set : sets.all()) {
            long hash = piece.hash(set.attribute().type());
            if (hash != 0 && set.hashes().contains(hash)) {
                var pieces = bySet.computeIfAbsent(set, _ -> new Pieces());
                pieces.matched++;
                pieces.telling += piece.isTelling() ? 1 : 0;
                var _ = pieces.distinct.add(hash);
            }
        }
    }

    /**
     * What speaks for ids within the values, for people; empty if nothing does.
     *
     * @param families the key sets that hold identities
     * @param own whether a set is the attribute itself: a record's own id is no reference
     */
    List<String> facts(List<KeySet> families, Predicate<KeySet> own) {
        var facts = new ArrayList<String>();
        if (families.stream().anyMatch(own)) {
            prefixes().forEach((shape, count) -> facts.add(count(count) + " " + Composite.shown(shape)));
        }
        places.forEach((where, bySet) -> families.forEach(set -> {
            var hits = bySet.getOrDefault(set, new Pieces()).hits();
            boolean ownId = own.test(set) && where.isWhole();
            var named = Words.isShortFor(where.after(), set.table().name().value());
            if (!ownId && Certainty.of(where, values.get(where), hits, named) != Certainty.NONE) {
                facts.add(fact(where, hits.matched(), set));
            }
        }));
        return facts.stream().limit(MOST_FACTS).toList();
    }

    private Map<String, Long> prefixes() {
        var wholes = new TreeMap<String, Long>();
        values.forEach((where, count) -> {
            if (where.isWhole()) {
                wholes.merge(where.shape(), count, Long::sum);
            }
        });
        var shared = CompositePrefixes.shared(wholes);
        wholes.keySet().retainAll(shared);
        return wholes;
    }

    private String fact(Piece where, long matched, KeySet set) {
        var all = count(values.get(where)) + " " + Composite.shown(where.shape());
        var table = set.table().name();
        return where.isWhole()
                ? String.format(Locale.ROOT, "%,d of %s are ids of %s", matched, all, table)
                : String.format(Locale.ROOT, "%s of %,d of %s: an id of %s", where.place(), matched, all, table);
    }

    private static String count(long values) {
        return String.format(Locale.ROOT, "%,d %s", values, values == 1 ? "value" : "values");
    }
}
