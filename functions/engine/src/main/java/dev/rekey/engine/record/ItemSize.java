package dev.rekey.engine.record;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sizes as DynamoDB reckons them for its limits and capacity units. */
public final class ItemSize {
    private ItemSize() {}

    /** Size of {@code item} in bytes, names included. */
    public static int bytes(Map<String, AttributeValue> item) {
        return beingWritten();
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // only until the body is there
    private static <T> T beingWritten() {
        throw new UnsupportedOperationException("being written");
    }
}
