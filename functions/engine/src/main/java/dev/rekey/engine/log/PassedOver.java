package dev.rekey.engine.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.TypedJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The records of a page that were read and not written, since there was nothing to do with them: 64 bits for each, up to
 * {@value #EXACT} records. Of more, a filter of 16 KB knows them, and takes some others for one of them: one of 200 where it
 * knows 10,000.
 *
 * @param hashes of the keys, in Base64
 * @param filter of more keys, in Base64
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PassedOver(Optional<String> hashes, Optional<String> filter) {
    static final int EXACT = 1_024;
    private static final int FILTER_BITS = 1 << 17;
    private static final int PROBES = 4;
    private static final int PROBE_SHIFT = 15;

    /** Collects the records of one page. */
    public static final class Notes {
        private long[] hashes = new long[EXACT];
        private int size;

        public void add(Key key) {
            if (size == hashes.length) {
                hashes = Arrays.copyOf(hashes, size * 2);
            }
            hashes[size++] = hash(text(key));
        }

        /** Empty if no record was passed over. */
        public Optional<PassedOver> passed() {
            if (size == 0) {
                return Optional.empty();
            }
            return Optional.of(
                    size <= EXACT
                            ? new PassedOver(Optional.of(exactly()), Optional.empty())
                            : new PassedOver(Optional.empty(), Optional.of(coarsely())));
        }

        private String exactly() {
            var bytes = ByteBuffer.allocate(size * Long.BYTES);
            Arrays.stream(hashes, 0, size).forEach(bytes::putLong);
            return Base64.getEncoder().encodeToString(bytes.array());
        }

        private String coarsely() {
            var bits = new BitSet(FILTER_BITS);
            Arrays.stream(hashes, 0, size).forEach(hash -> {
                for (int probe = 0; probe < PROBES; probe++) {
                    bits.set(bit(hash, probe));
                }
            });
            return Base64.getEncoder().encodeToString(bits.toByteArray());
        }
    }

    /** Whether the record with the key {@code text}, as DynamoDB JSON, may be one of them. */
    public boolean mayContain(String text) {
        long hash = hash(text);
        return hashes.filter(all -> contains(all, hash)).isPresent()
                || filter.filter(bits -> isSet(bits, hash)).isPresent();
    }

    private static boolean contains(String hashes, long hash) {
        var all = ByteBuffer.wrap(Base64.getDecoder().decode(hashes)).asLongBuffer();
        while (all.hasRemaining()) {
            if (all.get() == hash) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSet(String filter, long hash) {
        var bits = BitSet.valueOf(Base64.getDecoder().decode(filter));
        for (int probe = 0; probe < PROBES; probe++) {
            if (!bits.get(bit(hash, probe))) {
                return false;
            }
        }
        return true;
    }

    private static int bit(long hash, int probe) {
        return (int) (hash >>> (probe * PROBE_SHIFT)) & (FILTER_BITS - 1);
    }

    private static String text(Key key) {
        return TypedJson.text(new TreeMap<>(key.attributes()));
    }

    /** FNV-1a, with its bits spread. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (var one : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (one & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
