package dev.rekey.core.item;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Sizes as DynamoDB reckons them for its limits and capacity units, by the rules of "DynamoDB Item sizes and formats"
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html). Those call the size of
 * numbers approximate, so near a limit the service has the last word.
 */
public final class ItemSize {
    private static final int COLLECTION_OVERHEAD = 3;
    private static final int ELEMENT_OVERHEAD = 1;

    private ItemSize() {}

    /** Size of {@code item} in bytes, names included. */
    public static int bytes(Map<String, AttributeValue> item) {
        var sum = 0;
        for (var entry : item.entrySet()) {
            sum += utf8Length(entry.getKey()) + bytes(entry.getValue());
        }
        return sum;
    }

    /** Size of {@code value} in bytes, without its name. */
    public static int bytes(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8Length(value.s());
            case N -> numberBytes(value.n());
            case B -> value.b().asByteArrayUnsafe().length;
            case BOOL, NUL -> 1;
            case SS -> value.ss().stream().mapToInt(ItemSize::utf8Length).sum();
            case NS -> value.ns().stream().mapToInt(ItemSize::numberBytes).sum();
            case BS ->
                value.bs().stream()
                        .mapToInt(element -> element.asByteArrayUnsafe().length)
                        .sum();
            case L -> listBytes(value);
            case M -> COLLECTION_OVERHEAD + ELEMENT_OVERHEAD * value.m().size() + bytes(value.m());
            case UNKNOWN_TO_SDK_VERSION -> 0;
        };
    }

    private static int listBytes(AttributeValue list) {
        var sum = COLLECTION_OVERHEAD;
        for (var element : list.l()) {
            sum += ELEMENT_OVERHEAD + bytes(element);
        }
        return sum;
    }

    /** One byte for two significant digits, and one more; negative numbers take another. */
    private static int numberBytes(String number) {
        var significant = 0;
        var zeros = 0;
        for (var i = 0; i < number.length(); i++) {
            var c = number.charAt(i);
            if (c == 'e' || c == 'E') {
                break;
            }
            if (c == '0') {
                zeros += significant == 0 ? 0 : 1;
            } else if (c >= '1' && c <= '9') {
                significant += zeros + 1;
                zeros = 0;
            }
        }
        return (significant + 1) / 2 + 1 + (number.startsWith("-") ? 1 : 0);
    }

    /** Bytes of {@code text} in UTF-8. */
    static int utf8Length(String text) {
        var bytes = text.length();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c >= 0x80) {
                // A surrogate is half of a character of four bytes: two each.
                bytes += c >= 0x800 && !Character.isSurrogate(c) ? 2 : 1;
            }
        }
        return bytes;
    }
}
