package dev.rekey.engine.table;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The primary key of an item: one or two attributes by name. */
public record Key(Map<String, AttributeValue> attributes) {
    public Key {
        attributes = Map.copyOf(attributes);
    }
}
