package dev.rekey.engine.join;

import dev.rekey.core.item.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Groups of lines with a number each, without an object for any: 128 bits of a group's SHA-256 and the number, open-addressed,
 * 32 to 64 bytes each. Two groups of the same 128 bits are not to be expected among any number of lines. For one thread.
 */
final class Groups {
    private static final int FIRST_ROOM = 64;
    private static final int WIDTH = 3;
    private static final int MOST_ROOM = 1 << 29;

    private final MessageDigest sha256 = Sha256.begin();
    /** Two numbers of the digest, the second never 0, and the number of the group. */
    private long[] slots = new long[FIRST_ROOM * WIDTH];

    private int size;

    /** Adds {@code group} with 0 if it is not there. */
    void add(String group) {
        var _ = slot(group);
    }

    /**
     * Gives {@code group} a number, if it has none yet.
     *
     * @param number not 0
     * @return the number that it has now
     */
    long numbered(String group, long number) {
        int slot = slot(group);
        if (slots[slot + 2] == 0) {
            slots[slot + 2] = number;
        }
        return slots[slot + 2];
    }

    boolean contains(String group) {
        var digest = digest(group);
        return slots[find(slots, digest.getLong(0), second(digest)) + 1] != 0;
    }

    boolean containsAll(Groups others) {
        var wanted = others.slots;
        for (int slot = 0; slot < wanted.length; slot += WIDTH) {
            if (wanted[slot + 1] != 0 && slots[find(slots, wanted[slot], wanted[slot + 1]) + 1] == 0) {
                return false;
            }
        }
        return true;
    }

    boolean containsAny(Groups others) {
        var wanted = others.slots;
        for (int slot = 0; slot < wanted.length; slot += WIDTH) {
            if (wanted[slot + 1] != 0 && slots[find(slots, wanted[slot], wanted[slot + 1]) + 1] != 0) {
                return true;
            }
        }
        return false;
    }

    int size() {
        return size;
    }

    /** A number for {@code text}, not 0; for two texts the same one is not to be expected. */
    long number(String text) {
        return second(digest(text));
    }

    private int slot(String group) {
        if (size >= slots.length / WIDTH / 4 * 3) {
            grow();
        }
        var digest = digest(group);
        int slot = find(slots, digest.getLong(0), second(digest));
        if (slots[slot + 1] == 0) {
            slots[slot] = digest.getLong(0);
            slots[slot + 1] = second(digest);
            size++;
        }
        return slot;
    }

    private ByteBuffer digest(String group) {
        return ByteBuffer.wrap(sha256.digest(group.getBytes(StandardCharsets.UTF_8)));
    }

    private static long second(ByteBuffer digest) {
        return digest.getLong(Long.BYTES) | 1;
    }

    private static int find(long[] slots, long first, long second) {
        int room = slots.length / WIDTH;
        int at = (int) first & (room - 1);
        while (slots[at * WIDTH + 1] != 0 && (slots[at * WIDTH] != first || slots[at * WIDTH + 1] != second)) {
            at = (at + 1) & (room - 1);
        }
        return at * WIDTH;
    }

    private void grow() {
        if (slots.length / WIDTH == MOST_ROOM) {
            throw new IllegalStateException("one partition has more than 400 million identities");
        }
        var larger = new long[slots.length * 2];
        for (int slot = 0; slot < slots.length; slot += WIDTH) {
            if (slots[slot + 1] != 0) {
                System.arraycopy(slots, slot, larger, find(larger, slots[slot], slots[slot + 1]), WIDTH);
            }
        }
        slots = larger;
    }
}
