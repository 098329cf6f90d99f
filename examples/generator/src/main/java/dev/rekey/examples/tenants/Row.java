package dev.rekey.examples.tenants;

import dev.rekey.examples.ExampleRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A record being written. */
final class Row {
    private final Map<String, AttributeValue> item = new LinkedHashMap<>();

    Row() {}

    Row(ExampleRecord record) {
        item.putAll(record.item());
    }

    Row put(String name, AttributeValue value) {
        item.put(name, value);
        return this;
    }

    Row text(String name, String value) {
        return put(name, AttributeValue.fromS(value));
    }

    Row number(String name, long value) {
        return put(name, AttributeValue.fromN(Long.toString(value)));
    }

    Row flag(String name, boolean value) {
        return put(name, AttributeValue.fromBool(value));
    }

    Row nothing(String name) {
        return put(name, AttributeValue.fromNul(true));
    }

    Row without(String name) {
        item.remove(name);
        return this;
    }

    ExampleRecord in(String table) {
        return new ExampleRecord(table, item);
    }
}
