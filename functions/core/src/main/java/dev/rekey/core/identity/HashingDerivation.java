package dev.rekey.core.identity;

import dev.rekey.core.item.KeyType;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.IdentityRule;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;

/** Rule {@code derive}, as {@code docs/reference/identity.md} defines it. */
final class HashingDerivation implements Derivation {
    private static final int ID_BYTES = 16;
    private final Family family;
    /** Has taken in all that is the same for every id; cloned for each, because a digest has state. */
    private final MessageDigest begun;
    /** 10^digits - 1; zero unless the family's ids are numbers. */
    private final BigInteger range;

    private HashingDerivation(Family family, MessageDigest begun, BigInteger range) {
        this.family = family;
        this.begun = begun;
        this.range = range;
    }

    static HashingDerivation of(Family family, IdentityRule.Derive derive) {
        var digest = sha256();
        field(digest, derive.namespace().getBytes(StandardCharsets.UTF_8));
        field(digest, family.name().value().getBytes(StandardCharsets.UTF_8));
        field(digest, family.type().name().getBytes(StandardCharsets.UTF_8));
        var range = family.type() == KeyType.N
                ? range(family.name(), derive.digits().orElse(0))
                : BigInteger.ZERO;
        return new HashingDerivation(family, digest, range);
    }

    private static BigInteger range(FamilyName family, int digits) {
        if (digits < 1 || digits > Derivation.MAX_DIGITS) {
            throw new IllegalArgumentException(
                    "family " + family + " derives numbers and needs 'digits' from 1 to 38, not " + digits);
        }
        return BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
    }

    @Override
    public Family family() {
        return family;
    }

    @Override
    public boolean keeps() {
        return false;
    }

    @Override
    public NewId of(OldId oldId) {
        var sixteen = Arrays.copyOf(hash(oldId), ID_BYTES);
        return new NewId.Changed(
                switch (family.type()) {
                    case S -> uuid(sixteen);
                    case N ->
                        new BigInteger(1, sixteen)
                                .mod(range)
                                .add(BigInteger.ONE)
                                .toString();
                    case B -> OldId.base64(sixteen);
                });
    }

    private byte[] hash(OldId oldId) {
        try {
            var digest = (MessageDigest) begun.clone();
            field(digest, oldId.bytes());
            return digest.digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this JVM's SHA-256 cannot be cloned", e);
        }
    }

    private static String uuid(byte[] sixteen) {
        var bits = ByteBuffer.wrap(sixteen);
        var high = (bits.getLong() & ~0xf000L) | 0x8000L;
        var low = (bits.getLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new UUID(high, low).toString();
    }

    private static void field(MessageDigest digest, byte[] content) {
        var length = content.length;
        digest.update((byte) (length >>> 24));
        digest.update((byte) (length >>> 16));
        digest.update((byte) (length >>> 8));
        digest.update((byte) length);
        digest.update(content);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
