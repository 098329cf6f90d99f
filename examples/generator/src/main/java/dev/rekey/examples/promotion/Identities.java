package dev.rekey.examples.promotion;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Who is who: the id of a record follows from the seed, its table and its index, so that a reference needs no memory of
 * what was generated before.
 */
final class Identities {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private final long seed;
    private final Map<String, Integer> counts;

    Identities(long seed, Map<String, Integer> counts) {
        this.seed = seed;
        this.counts = Map.copyOf(counts);
    }

    int count(String table) {
        return counts.get(table);
    }

    String idOf(String table, int index) {
        var random = new SplittableRandom(mixed(table, index));
        var most = (random.nextLong() & ~0xF000L) | 0x4000L;
        var least = (random.nextLong() & ~(3L << 62)) | (1L << 63);
        return new UUID(most, least).toString();
    }

    /** For the content of a record; differs from what makes its id. */
    SplittableRandom randomOf(String table, int index) {
        return new SplittableRandom(mixed(table, index) ^ GOLDEN);
    }

    private long mixed(String table, int index) {
        return (seed * 31 + table.hashCode()) * GOLDEN + index * 0xD1B54A32D192ED03L;
    }
}
