package dev.rekey.engine.record;

import dev.rekey.engine.store.TableShape;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What DynamoDB refuses to store. */
public final class ItemLimits {
    public static final int ITEM_BYTES = 400 * 1024;
    public static final int PARTITION_KEY_BYTES = 2048;
    public static final int SORT_KEY_BYTES = 1024;
    public static final int NESTING = 32;

    private ItemLimits() {}

    /** The first limit of {@code table} that {@code item} breaks. */
    public static Optional<LimitViolation> check(Map<String, AttributeValue> item, TableShape table) {
        return beingWritten();
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // only until the body is there
    private static <T> T beingWritten() {
        throw new UnsupportedOperationException("being written");
    }
}
