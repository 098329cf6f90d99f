package dev.rekey.engine.join;

import dev.rekey.core.item.KeyType;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.function.LongConsumer;

/**
 * Values, by their hashes.
 *
 * @param part which part of a composite string they are, from 1; 0 if they are whole values, or known ids
 * @param type of the ids that they are compared with
 * @param telling whether they look made by chance
 * @param hashes 8 bytes each, big-endian, together in Base64; a value that stands there twice is there twice
 */
record Seen(int part, KeyType type, boolean telling, String hashes) {
    static Seen of(int part, KeyType type, boolean telling, Longs hashes) {
        var bytes = ByteBuffer.allocate(hashes.size() * Long.BYTES);
        hashes.forEach(bytes::putLong);
        return new Seen(part, type, telling, Base64.getEncoder().encodeToString(bytes.array()));
    }

    int size() {
        return Base64.getDecoder().decode(hashes).length / Long.BYTES;
    }

    void forEach(LongConsumer each) {
        var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(hashes));
        while (bytes.hasRemaining()) {
            each.accept(bytes.getLong());
        }
    }
}
