package dev.rekey.engine.draft;

import dev.rekey.core.item.KeyType;
import dev.rekey.engine.join.Hashes;
import dev.rekey.engine.join.Hits;
import dev.rekey.engine.join.Value;

/** What stands at one path of a table's records. */
final class PathTally {
    private static final int MOST_DISTINCT = 1 << 12;

    private final long[] matched;
    private final Hashes distinct = new Hashes();
    private long values;
    private long matchedAny;
    private long telling;
    private long own;

    PathTally(int sets) {
        matched = new long[sets];
    }

    /** Counts {@code value}, which stands in {@code record} of a table whose key sets are {@code ownSets}. */
    boolean add(Value value, KeySets sets, OwnKeys record) {
        values++;
        boolean any = false;
        long first = 0;
        var hashed = Hashed.of(value);
        for (int i = 0; i < matched.length; i++) {
            var set = sets.all().get(i);
            long hash = hashed.as(set.attribute().type());
            if (hash != 0 && set.hashes().contains(hash)) {
                matched[i]++;
                any = true;
                first = hash;
                own += record.holds(set, hash) ? 1 : 0;
            }
        }
        if (any) {
            matchedAny++;
            telling += value.isTelling() ? 1 : 0;
            if (distinct.size() < MOST_DISTINCT) {
                distinct.add(first);
            }
        }
        return any;
    }

    /** A value as an id of each type; 0 where it is none. */
    private record Hashed(long string, long number, long binary) {
        static Hashed of(Value value) {
            return new Hashed(value.hash(KeyType.S), value.hash(KeyType.N), value.hash(KeyType.B));
        }

        long as(KeyType type) {
            return switch (type) {
                case S -> string;
                case N -> number;
                case B -> binary;
            };
        }
    }

    long values() {
        return values;
    }

    long matched(KeySet set) {
        return matched[set.index()];
    }

    boolean matchesAny() {
        return matchedAny > 0;
    }

    /** Whether nearly all that matches anything looks made by chance. */
    boolean isTelling() {
        return new Hits(matchedAny, telling, distinct.size()).areTelling();
    }

    /** How many values are the id of the very record that they stand in. */
    long own() {
        return own;
    }

    /** How many different values match; {@link #MOST_DISTINCT} stands for more, too. */
    int distinct() {
        return distinct.size();
    }
}
