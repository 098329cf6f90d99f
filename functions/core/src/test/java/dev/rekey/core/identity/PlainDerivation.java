package dev.rekey.core.identity;

import dev.rekey.core.item.KeyType;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** The definitions of {@code derive} and of the ids of created records, written a second time without regard to speed. */
public final class PlainDerivation {
    private PlainDerivation() {}

    /** Ids as in the vectors: text, number, or Base64. */
    public static String newId(String namespace, String family, KeyType type, int digits, String old) {
        return written(
                type, digits, sixteen(List.of(utf8(namespace), utf8(family), utf8(type.name()), bytes(type, old))));
    }

    /**
     * The definition of the ids of created records.
     *
     * @param of the fields after those that all have, before the values
     * @param values each a type and a value
     */
    public static String createdId(String plan, String family, KeyType type, List<String> of, List<OldId> values) {
        var fields = new ArrayList<byte[]>();
        List.of("onAbsent", plan, family, type.name()).forEach(field -> fields.add(utf8(field)));
        of.forEach(field -> fields.add(utf8(field)));
        for (var value : values) {
            fields.add(utf8(value.type().name()));
            fields.add(bytes(value.type(), value.canonical()));
        }
        return written(type, 15, sixteen(fields));
    }

    private static byte[] sixteen(List<byte[]> fields) {
        try {
            var message = new ByteArrayOutputStream();
            var out = new DataOutputStream(message);
            for (var field : fields) {
                out.writeInt(field.length);
                out.write(field);
            }
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(message.toByteArray()), 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(KeyType type, String old) {
        return switch (type) {
            case S -> utf8(old);
            case N -> utf8(new BigDecimal(old).stripTrailingZeros().toPlainString());
            case B -> Base64.getDecoder().decode(old);
        };
    }

    private static String written(KeyType type, int digits, byte[] x) {
        return switch (type) {
            case S -> {
                x[6] = (byte) ((x[6] & 0x0f) | 0x80);
                x[8] = (byte) ((x[8] & 0x3f) | 0x80);
                yield HexFormat.of().formatHex(x).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
            }
            case N -> {
                var range = BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
                yield new BigInteger(1, x).mod(range).add(BigInteger.ONE).toString();
            }
            case B -> Base64.getEncoder().encodeToString(x);
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
