package dev.rekey.engine.record;

import java.math.BigInteger;

/**
 * The digest of a set of records, whatever their order: the sum of their digests modulo 2^256, and how many they are.
 *
 * @param sum at least 0, below 2^256
 * @param count at least 0
 */
public record TableDigest(BigInteger sum, long count) {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    /** Of no records. */
    public static final TableDigest EMPTY = new TableDigest(BigInteger.ZERO, 0);

    public TableDigest {
        if (sum.signum() < 0 || sum.compareTo(MODULUS) >= 0 || count < 0) {
            throw new IllegalArgumentException("the sum or the count of a table digest is out of range");
        }
    }

    public TableDigest plus(Digest record) {
        return plus(new TableDigest(new BigInteger(1, record.bytes()), 1));
    }

    public TableDigest plus(TableDigest other) {
        return new TableDigest(sum.add(other.sum).mod(MODULUS), count + other.count);
    }
}
