package dev.rekey.core.identity;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.Sha256;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.UUID;

/** Ids that are made of SHA-256, as {@code docs/reference/identity.md} defines them. */
final class HashedId {
    private static final int ID_BYTES = 16;

    private HashedId() {}

    /** A digest of these fields, to which more can be added. */
    static MessageDigest digest(String... fields) {
        var digest = Sha256.begin();
        for (var field : fields) {
            add(digest, field);
        }
        return digest;
    }

    /** The same digest once more, because one that is finished cannot go on. */
    static MessageDigest copy(MessageDigest begun) {
        try {
            return (MessageDigest) begun.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this JVM's SHA-256 cannot be cloned", e);
        }
    }

    static void add(MessageDigest digest, String field) {
        add(digest, field.getBytes(StandardCharsets.UTF_8));
    }

    static void add(MessageDigest digest, byte[] field) {
        var length = field.length;
        digest.update((byte) (length >>> 24));
        digest.update((byte) (length >>> 16));
        digest.update((byte) (length >>> 8));
        digest.update((byte) length);
        digest.update(field);
    }

    /** How many number ids of so many digits there are: none is zero. */
    static BigInteger range(int digits) {
        return BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
    }

    /**
     * The id that {@code digest} ends in, in the form of {@link OldId#canonical}.
     *
     * @param range of number ids
     */
    static String id(KeyType type, MessageDigest digest, BigInteger range) {
        var sixteen = Arrays.copyOf(digest.digest(), ID_BYTES);
        return switch (type) {
            case S -> uuid(sixteen);
            case N -> new BigInteger(1, sixteen).mod(range).add(BigInteger.ONE).toString();
            case B -> OldId.base64(sixteen);
        };
    }

    private static String uuid(byte[] sixteen) {
        var bits = ByteBuffer.wrap(sixteen);
        var high = (bits.getLong() & ~0xf000L) | 0x8000L;
        var low = (bits.getLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new UUID(high, low).toString();
    }
}
