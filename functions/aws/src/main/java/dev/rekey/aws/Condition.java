package dev.rekey.aws;

import dev.rekey.engine.store.ComparedAttributes;
import dev.rekey.engine.store.Tables.Expected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A condition expression. Its size stays far under DynamoDB's 4 KB and its values under 2 MB, for an item has 400 KB at
 * most; only the number of operators limits it, and {@link ComparedAttributes} says what happens then.
 */
record Condition(String expression, Map<String, String> names, Map<String, AttributeValue> values) {

    /** @param keyNames the table's key attributes, at least one */
    static Condition of(Expected expected, List<String> keyNames) {
        return switch (expected) {
            case Expected.Absent _ -> existence("attribute_not_exists(#k)", keyNames);
            case Expected.Attributes attributes ->
                attributes.values().isEmpty()
                        ? existence("attribute_exists(#k)", keyNames)
                        : equality(attributes, keyNames);
        };
    }

    private static Condition existence(String expression, List<String> keyNames) {
        return new Condition(expression, Map.of("#k", keyNames.getFirst()), Map.of());
    }

    private static Condition equality(Expected.Attributes expected, List<String> keyNames) {
        var comparisons = new ArrayList<String>();
        var names = new HashMap<String, String>();
        var values = new HashMap<String, AttributeValue>();
        for (var name : ComparedAttributes.of(expected, keyNames)) {
            var number = String.valueOf(comparisons.size());
            comparisons.add("#" + number + "=:" + number);
            names.put("#" + number, name);
            values.put(":" + number, expected.values().get(name));
        }
        return new Condition(String.join(" AND ", comparisons), names, values);
    }

    /** The values as a request takes them: none at all instead of an empty map, which DynamoDB refuses. */
    Map<String, AttributeValue> valuesOrNull() {
        return values.isEmpty() ? null : values;
    }
}
