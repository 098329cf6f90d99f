package dev.rekey.core.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** Tells bytes that are no UTF-8. */
final class Utf8 {
    private Utf8() {}

    /** Index of the first byte that is no UTF-8. */
    static OptionalInt flaw(byte[] bytes) {
        // Most texts are ASCII, and of the others only one with the replacement character can have been wrong.
        return isAscii(bytes) || new String(bytes, StandardCharsets.UTF_8).indexOf('\uFFFD') < 0
                ? OptionalInt.empty()
                : strict(bytes);
    }

    private static boolean isAscii(byte[] bytes) {
        byte all = 0;
        for (byte one : bytes) {
            all |= one;
        }
        return all >= 0;
    }

    private static OptionalInt strict(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        var result = StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(bytes.length), true);
        return result.isError() ? OptionalInt.of(in.position()) : OptionalInt.empty();
    }
}
