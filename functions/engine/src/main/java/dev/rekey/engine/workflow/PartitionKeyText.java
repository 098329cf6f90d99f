package dev.rekey.engine.workflow;

import dev.rekey.core.item.KeyType;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A partition key as a person types it. */
final class PartitionKeyText {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private PartitionKeyText() {}

    /** Empty if {@code text} is none of {@code type}. */
    static Optional<AttributeValue> read(KeyType type, String text) {
        return switch (type) {
            case S -> Optional.of(AttributeValue.fromS(text));
            case N -> NUMBER.matcher(text).matches() ? Optional.of(AttributeValue.fromN(text)) : Optional.empty();
            case B -> bytes(text).map(AttributeValue::fromB);
        };
    }

    /** How a text of {@code type} has to be. */
    static String form(KeyType type) {
        return switch (type) {
            case S -> "a text";
            case N -> "a number, such as 12";
            case B -> "binary in Base64, such as AQI=";
        };
    }

    private static Optional<SdkBytes> bytes(String base64) {
        try {
            return Optional.of(SdkBytes.fromByteArray(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
