package dev.rekey.examples;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A record and where it belongs.
 *
 * @param table the plan's name for the table
 */
public record ExampleRecord(String table, Map<String, AttributeValue> item) {
    public ExampleRecord {
        item = Map.copyOf(item);
    }
}
