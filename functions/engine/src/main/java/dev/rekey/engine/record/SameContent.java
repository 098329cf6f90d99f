package dev.rekey.engine.record;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Equality of content as DynamoDB means it: numbers by value, sets without order. */
public final class SameContent {
    private SameContent() {}

    public static boolean same(Map<String, AttributeValue> one, Map<String, AttributeValue> other) {
        throw new UnsupportedOperationException("being written");
    }

    public static boolean same(AttributeValue one, AttributeValue other) {
        throw new UnsupportedOperationException("being written");
    }
}
