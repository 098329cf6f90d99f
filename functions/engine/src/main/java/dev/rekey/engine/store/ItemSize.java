package dev.rekey.engine.store;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The size of an item as DynamoDB documents it; numbers are counted in its approximate way. */
public final class ItemSize {
    /** The largest item that DynamoDB stores, in bytes. */
    public static final int MAX_BYTES = 400 * 1024;

    private static final int COLLECTION_BYTES = 3;
    private static final int ELEMENT_BYTES = 1;

    private ItemSize() {}

    /** Bytes of all names and values of {@code item}. */
    public static int bytes(Map<String, AttributeValue> item) {
        int bytes = 0;
        for (var attribute : item.entrySet()) {
            bytes += utf8(attribute.getKey()) + bytes(attribute.getValue());
        }
        return bytes;
    }

    private static int bytes(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case N -> number(value.n());
            case B -> value.b().asByteArrayUnsafe().length;
            case SS -> value.ss().stream().mapToInt(ItemSize::utf8).sum();
            case NS -> value.ns().stream().mapToInt(ItemSize::number).sum();
            case BS ->
                value.bs().stream().mapToInt(b -> b.asByteArrayUnsafe().length).sum();
            case M -> COLLECTION_BYTES + value.m().size() * ELEMENT_BYTES + bytes(value.m());
            case L ->
                COLLECTION_BYTES
                        + value.l().stream()
                                .mapToInt(v -> ELEMENT_BYTES + bytes(v))
                                .sum();
            case BOOL, NUL -> 1;
            case UNKNOWN_TO_SDK_VERSION ->
                throw new StoreException(StoreException.Kind.INVALID, "Cannot size a value: it has no known type.");
        };
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** One byte for two digits and one for the magnitude; a sign takes one more. Zeros at both ends do not count. */
    private static int number(String number) {
        var exponent = Math.max(number.indexOf('e'), number.indexOf('E'));
        var mantissa = exponent < 0 ? number : number.substring(0, exponent);
        var digits = mantissa.replaceAll("[^0-9]", "").replaceAll("^0+|0+$", "").length();
        return 1 + (digits + 1) / 2 + (number.startsWith("-") ? 1 : 0);
    }
}
