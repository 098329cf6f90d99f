package dev.rekey.core.item;

import java.util.Arrays;
import java.util.HexFormat;

/** 32 bytes of SHA-256. */
public final class Digest {
    static final int LENGTH = 32;
    private final byte[] bytes;

    private Digest(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a digest has " + LENGTH + " bytes, not " + bytes.length);
        }
        this.bytes = bytes;
    }

    /** Takes over {@code bytes}: the caller must not change them later. */
    static Digest owning(byte[] bytes) {
        return new Digest(bytes);
    }

    /** @throws IllegalArgumentException if {@code bytes} are not 32 */
    public static Digest of(byte[] bytes) {
        return new Digest(bytes.clone());
    }

    /** @throws IllegalArgumentException if {@code hex} is not 64 hexadecimal digits */
    public static Digest ofHex(String hex) {
        return new Digest(HexFormat.of().parseHex(hex));
    }

    /** 64 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** A copy of the 32 bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
