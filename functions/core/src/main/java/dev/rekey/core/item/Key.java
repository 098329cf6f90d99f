package dev.rekey.core.item;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The primary key of an item: one or two attributes, in order of their names. */
public record Key(Map<String, AttributeValue> attributes) {
    public Key {
        // Of two, Map.copyOf would give another one first in another process.
        attributes = attributes.size() < 2
                ? Map.copyOf(attributes)
                : Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }
}
