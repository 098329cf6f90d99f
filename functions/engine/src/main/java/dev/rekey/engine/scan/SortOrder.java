package dev.rekey.engine.scan;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The order in which DynamoDB keeps the values of a key attribute: numbers by value, strings and binaries by their bytes. */
public final class SortOrder implements Comparator<AttributeValue> {
    public static final SortOrder OF_KEYS = new SortOrder();

    private SortOrder() {}

    /** Both of the same type, as the values of one attribute are. */
    @Override
    public int compare(AttributeValue one, AttributeValue other) {
        return one.n() != null
                ? new BigDecimal(one.n()).compareTo(new BigDecimal(other.n()))
                : Arrays.compareUnsigned(bytes(one), bytes(other));
    }

    private static byte[] bytes(AttributeValue value) {
        return value.s() != null
                ? value.s().getBytes(StandardCharsets.UTF_8)
                : value.b().asByteArrayUnsafe();
    }
}
