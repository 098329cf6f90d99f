package dev.rekey.core.mapping;

import dev.rekey.core.item.Key;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tells values that earlier runs of the plan wrote from those that an application chose. Only the latter are protected by
 * {@code onExisting}.
 */
@FunctionalInterface
public interface EarlierValues {
    /** Nothing was written before. */
    EarlierValues NONE = (key, attribute, value) -> false;

    /** Whether {@code value} is what the newest run that wrote {@code attribute} of the record {@code key} wrote there. */
    boolean wrote(Key key, String attribute, AttributeValue value);
}
