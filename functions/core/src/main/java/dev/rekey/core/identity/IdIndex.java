package dev.rekey.core.identity;

import dev.rekey.core.identity.IdPairs.Side;
import java.util.Arrays;
import java.util.BitSet;

/** Finds a pair by one of its sides: open addressing, four bytes a place, at most half of the places taken. */
final class IdIndex {
    private static final int FREE = -1;

    private final IdPairs pairs;
    private final Side side;
    private int[] positions = free(1024);
    /** Places whose id stands in further pairs, too. */
    private BitSet repeated = new BitSet();

    private int size;

    IdIndex(IdPairs pairs, Side side) {
        this.pairs = pairs;
        this.side = side;
    }

    /** The first pair that was added with {@code id}; negative if there is none. */
    int find(byte[] id) {
        return positions[place(id)];
    }

    boolean isRepeated(byte[] id) {
        return repeated.get(place(id));
    }

    /** Adds a pair whose id is not there yet. */
    void add(byte[] id, int position) {
        if (size * 2 >= positions.length) {
            grow();
        }
        positions[place(id)] = position;
        size++;
    }

    void repeat(byte[] id) {
        repeated.set(place(id));
    }

    private void grow() {
        var before = positions;
        var repeatedBefore = repeated;
        positions = free(before.length * 2);
        repeated = new BitSet();
        for (int i = 0; i < before.length; i++) {
            if (before[i] != FREE) {
                var now = place(pairs.bytes(before[i], side));
                positions[now] = before[i];
                repeated.set(now, repeatedBefore.get(i));
            }
        }
    }

    private int place(byte[] id) {
        var mask = positions.length - 1;
        var place = hash(id) & mask;
        while (positions[place] != FREE && !pairs.is(positions[place], side, id)) {
            place = (place + 1) & mask;
        }
        return place;
    }

    /** FNV-1a, stirred once more: its low bits alone follow the last characters of an id too closely. */
    private static int hash(byte[] id) {
        var hash = 0xcbf29ce484222325L;
        for (var b : id) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0xff51afd7ed558ccdL;
        return (int) (hash >>> 32);
    }

    private static int[] free(int places) {
        var free = new int[places];
        Arrays.fill(free, FREE);
        return free;
    }

    /** What it takes in memory. */
    long bytes() {
        return 4L * positions.length + repeated.size() / 8;
    }
}
