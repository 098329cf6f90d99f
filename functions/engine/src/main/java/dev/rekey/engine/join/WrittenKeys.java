package dev.rekey.engine.join;

import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Sha256;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a run wrote under the target keys of one partition, and to attributes of records that it changed in place: 16 bytes
 * of the SHA-256 of each group, then the 32 bytes of the digest of what was written, sorted.
 */
public final class WrittenKeys implements LineChecks {
    private static final int GROUP_BYTES = 16;
    private static final int DIGEST_BYTES = 32;
    private static final int WIDTH = GROUP_BYTES + DIGEST_BYTES;
    private static final int HELD_WIDTH = GROUP_BYTES + Long.BYTES;

    private final List<byte[]> entries = new ArrayList<>();

    @Override
    public void first(Spilled line) {
        if (line instanceof Spilled.Logged logged) {
            logged.wrote().ifPresent(digest -> add(logged.group(), digest));
        } else if (line instanceof Spilled.Wrote wrote) {
            add(wrote.group(), wrote.wrote());
        } else if (line instanceof Spilled.Deleted deleted) {
            // What stood there: if it stands there again, it is what it was before, the copy of a record that is gone.
            add(deleted.group(), deleted.content());
        }
    }

    private void add(String group, Digest digest) {
        entries.add(ByteBuffer.allocate(WIDTH)
                .put(group(group))
                .put(digest.toBytes())
                .array());
    }

    @Override
    public boolean lookAgain() {
        return false;
    }

    @Override
    public void again(Spilled line) {}

    public void write(Documents documents, ObjectKey key) {
        entries.sort(Arrays::compareUnsigned);
        var bytes = ByteBuffer.allocate(entries.size() * WIDTH);
        entries.forEach(bytes::put);
        documents.putBytes(key, bytes.array());
    }

    /**
     * What {@link #write} wrote, for who asks for many groups: of each digest only the beginning, so that twice as many entries
     * fit into memory. Another content has the same one once in 2^64.
     */
    static byte[] held(byte[] written) {
        int entries = written.length / WIDTH;
        var held = new byte[entries * HELD_WIDTH];
        for (int i = 0; i < entries; i++) {
            System.arraycopy(written, i * WIDTH, held, i * HELD_WIDTH, HELD_WIDTH);
        }
        return held;
    }

    /** How the digest begins of what was written under the key of {@code group}; empty if nothing was. */
    static OptionalLong find(byte[] held, String group) {
        var wanted = group(group);
        int low = 0;
        int high = held.length / HELD_WIDTH;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int at = middle * HELD_WIDTH;
            int order = Arrays.compareUnsigned(held, at, at + GROUP_BYTES, wanted, 0, GROUP_BYTES);
            if (order == 0) {
                return OptionalLong.of(ByteBuffer.wrap(held).getLong(at + GROUP_BYTES));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return OptionalLong.empty();
    }

    /** How {@code digest} begins. */
    static long beginning(Digest digest) {
        return ByteBuffer.wrap(digest.toBytes()).getLong();
    }

    private static byte[] group(String group) {
        return Arrays.copyOf(Sha256.of(group), GROUP_BYTES);
    }
}
