package dev.rekey.core.identity;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.IdentityRule.Lookup;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pairs of byte strings, one after the other in blocks of 256 KB: an object for each would take several times the space. A
 * pair is known by its position, and takes its bytes and two lengths of one or two bytes.
 */
final class IdPairs {
    /** What one part of a pair may have: as much as the key of a table. */
    static final int LONGEST = 2048;

    /** Not larger: a collector that divides the heap into regions of 1 MB gives an array of half a region whole ones. */
    private static final int BLOCK_BITS = 18;

    private static final int BLOCK = 1 << BLOCK_BITS;

    private final List<byte[]> blocks = new ArrayList<>();
    private int used = BLOCK;

    /** @return the position of the pair */
    int add(byte[] old, byte[] now) {
        if (BLOCK - used < old.length + now.length + 4) {
            blocks.add(new byte[BLOCK]);
            used = 0;
        }
        var position = ((blocks.size() - 1) << BLOCK_BITS) | used;
        append(old);
        append(now);
        return position;
    }

    private void append(byte[] part) {
        var block = blocks.getLast();
        if (part.length > 0x7f) {
            block[used++] = (byte) (0x80 | (part.length >>> 8));
        }
        block[used++] = (byte) part.length;
        System.arraycopy(part, 0, block, used, part.length);
        used += part.length;
    }

    /** Where one part of the pair at {@code position} is. */
    private record Part(byte[] block, int from, int to) {
        byte[] bytes() {
            return Arrays.copyOfRange(block, from, to);
        }

        boolean is(byte[] bytes) {
            return Arrays.equals(block, from, to, bytes, 0, bytes.length);
        }
    }

    private Part part(int position, Side side) {
        var block = blocks.get(position >>> BLOCK_BITS);
        var old = at(block, position & (BLOCK - 1));
        return side == Side.OLD ? old : at(block, old.to());
    }

    /** A length up to 127 takes one byte; a longer one two, of which the first has its highest bit set. */
    private static Part at(byte[] block, int start) {
        var first = block[start];
        if (first >= 0) {
            return new Part(block, start + 1, start + 1 + first);
        }
        var length = ((first & 0x7f) << 8) | (block[start + 1] & 0xff);
        return new Part(block, start + 2, start + 2 + length);
    }

    /** One part of the pair at {@code position} as an id. */
    OldId id(int position, Side side, Lookup.Types types) {
        var type = side == Side.OLD ? types.old() : types.now();
        var bytes = bytes(position, side);
        return new OldId(type, type == KeyType.B ? OldId.base64(bytes) : new String(bytes, StandardCharsets.UTF_8));
    }

    byte[] bytes(int position, Side side) {
        return part(position, side).bytes();
    }

    boolean is(int position, Side side, byte[] bytes) {
        return part(position, side).is(bytes);
    }

    /** What it takes in memory. */
    long size() {
        return (long) blocks.size() * BLOCK;
    }

    enum Side {
        OLD,
        NEW
    }
}
