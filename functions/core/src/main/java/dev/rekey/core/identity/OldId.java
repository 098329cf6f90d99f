package dev.rekey.core.identity;

import dev.rekey.core.item.CanonicalNumber;
import dev.rekey.core.item.KeyType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An identity of the source. Two are equal when they name the same record: numbers by value, strings and binaries by
 * content.
 *
 * @param type of the family's key
 * @param canonical a string as it is, a number as plain decimal without trailing zeros, a binary as Base64
 */
public record OldId(KeyType type, String canonical) implements IdReading {
    private static final IdReading NONE = new NoId();

    /** Reads {@code value}, which stands where an identity of a family of {@code type} belongs. */
    public static IdReading read(KeyType type, AttributeValue value) {
        return switch (value.type()) {
            case S -> ofText(type, value.s());
            case N -> ofNumber(type, value.n());
            case B -> ofBinary(type, value.b());
            case NUL -> NONE;
            case SS, NS, BS, L, M, BOOL, UNKNOWN_TO_SDK_VERSION ->
                new Unusable("is of type " + value.type() + ", not of type " + type);
        };
    }

    /** Reads a string, a map's key, an element of a string set or a JSON string. */
    public static IdReading ofText(KeyType type, String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        return switch (type) {
            case S -> new OldId(KeyType.S, text);
            case N -> number(text, "is a string that is not a number, but the family's ids are numbers");
            case B -> new Unusable("is a string, but the family's ids are binaries");
        };
    }

    /** Reads text that stands for an identity of {@code type}, as a file writes it: a binary is Base64. */
    public static IdReading ofWritten(KeyType type, String text) {
        if (type != KeyType.B) {
            return ofText(type, text);
        }
        try {
            return ofBinary(
                    type, SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(text)));
        } catch (IllegalArgumentException _) {
            return new Unusable("is not Base64, and the family's ids are binaries");
        }
    }

    /** Reads a number, an element of a number set or a JSON number. */
    public static IdReading ofNumber(KeyType type, String number) {
        return type == KeyType.N
                ? number(number, "is a number outside DynamoDB's range")
                : new Unusable("is a number, but the family's ids are of type " + type);
    }

    /** Reads a binary or an element of a binary set. */
    public static IdReading ofBinary(KeyType type, SdkBytes binary) {
        if (type != KeyType.B) {
            return new Unusable("is a binary, but the family's ids are of type " + type);
        }
        var bytes = binary.asByteArrayUnsafe();
        return bytes.length == 0 ? NONE : new OldId(KeyType.B, base64(bytes));
    }

    private static IdReading number(String text, String otherwise) {
        Optional<String> canonical = CanonicalNumber.of(text);
        return canonical.isPresent() ? new OldId(KeyType.N, canonical.get()) : new Unusable(otherwise);
    }

    /** This identity as the value of a key attribute of its family's type. */
    public AttributeValue value() {
        return switch (type) {
            case S -> AttributeValue.fromS(canonical);
            case N -> AttributeValue.fromN(canonical);
            case B -> AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes()));
        };
    }

    /** The bytes that stand for this identity in a digest. */
    byte[] bytes() {
        return type == KeyType.B ? Base64.getDecoder().decode(canonical) : canonical.getBytes(StandardCharsets.UTF_8);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
