package dev.rekey.core.item;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;

/**
 * The digest of a set of records, whatever their order: the sum of their digests modulo 2^256, and how many they are.
 *
 * @param sum at least 0, below 2^256
 * @param count at least 0
 */
public record TableDigest(BigInteger sum, long count) {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    private static final int HEXADECIMAL = 16;

    /** Of no records. */
    public static final TableDigest EMPTY = new TableDigest(BigInteger.ZERO, 0);

    public TableDigest {
        if (sum.signum() < 0 || sum.compareTo(MODULUS) >= 0 || count < 0) {
            throw new IllegalArgumentException("the sum or the count of a table digest is out of range");
        }
    }

    /** @throws IllegalArgumentException if {@code text} is not what {@link #text} gives */
    @JsonCreator
    public static TableDigest of(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not the digest of a table: " + text);
        }
        return new TableDigest(
                new BigInteger(text.substring(0, colon), HEXADECIMAL), Long.parseLong(text.substring(colon + 1)));
    }

    /** The sum as 64 hexadecimal digits, a colon, the number of records. */
    @JsonValue
    public String text() {
        return "%064x:%d".formatted(sum, count);
    }

    public TableDigest plus(Digest record) {
        return plus(new TableDigest(new BigInteger(1, record.bytes()), 1));
    }

    public TableDigest plus(TableDigest other) {
        return new TableDigest(sum.add(other.sum).mod(MODULUS), count + other.count);
    }
}
