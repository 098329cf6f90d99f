package dev.rekey.engine.join;

/** A set of 64-bit hashes, open-addressed: 11 to 22 bytes each. Two ids of one hash are not to be expected. */
public final class Hashes {
    private static final int FIRST_SLOTS = 64;
    private static final int MOST_SLOTS = 1 << 30;

    private long[] slots = new long[FIRST_SLOTS];
    private int size;

    /** @return false if it was there */
    public boolean add(long hash) {
        if (size >= slots.length / 4 * 3) {
            grow();
        }
        int slot = slotOf(slots, hash);
        if (slots[slot] != 0) {
            return false;
        }
        slots[slot] = hash;
        size++;
        return true;
    }

    public boolean contains(long hash) {
        return slots[slotOf(slots, hash)] != 0;
    }

    public int size() {
        return size;
    }

    /** A hash is spread well already and never 0, which marks an empty slot. */
    private static int slotOf(long[] slots, long hash) {
        int slot = (int) hash & (slots.length - 1);
        while (slots[slot] != 0 && slots[slot] != hash) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        if (slots.length == MOST_SLOTS) {
            throw new IllegalStateException("a table has more than 800 million ids, which are too many to compare");
        }
        var larger = new long[slots.length * 2];
        for (var hash : slots) {
            if (hash != 0) {
                larger[slotOf(larger, hash)] = hash;
            }
        }
        slots = larger;
    }
}
