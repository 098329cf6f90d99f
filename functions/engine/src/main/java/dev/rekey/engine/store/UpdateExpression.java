package dev.rekey.engine.store;

import dev.rekey.engine.store.Tables.Update;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An {@link Update} in DynamoDB's words. Every name stands behind a placeholder, so reserved words and names with dots
 * are no special case.
 *
 * @param condition that the item exists and is as expected
 * @param change what is set and removed
 * @param operators of the condition
 * @param values is empty if the update only removes and expects no value
 */
public record UpdateExpression(
        String condition, int operators, String change, Map<String, String> names, Map<String, AttributeValue> values) {
    /** DynamoDB's limits of one expression. */
    public static final int MAX_OPERATORS = 300;

    public static final int MAX_LENGTH = 4096;

    public static UpdateExpression of(Update update) {
        var builder = new Builder();
        var conditions = builder.conditions(update);
        return new UpdateExpression(
                String.join(" AND ", conditions),
                2 * conditions.size() - 1,
                builder.change(update),
                builder.names,
                builder.values);
    }

    /** Whether DynamoDB accepts expressions of this length: some 150 compared and 400 changed attributes. */
    public boolean fits() {
        return operators <= MAX_OPERATORS && condition.length() <= MAX_LENGTH && change.length() <= MAX_LENGTH;
    }

    private static final class Builder {
        private final Map<String, String> numbers = new HashMap<>();
        private final Map<String, String> names = new HashMap<>();
        private final Map<String, AttributeValue> values = new HashMap<>();

        private List<String> conditions(Update update) {
            var all = new ArrayList<String>();
            // In order of the names, so that the same update is the same request.
            new TreeMap<>(update.expected())
                    .forEach((name, value) -> all.add(value.map(expected -> name(name) + "=" + value(expected))
                            .orElseGet(() -> "attribute_not_exists(" + name(name) + ")")));
            // A comparison with a value fails where no item is.
            if (update.expected().values().stream().allMatch(Optional::isEmpty)) {
                all.addFirst("attribute_exists("
                        + name(update.key().attributes().keySet().iterator().next()) + ")");
            }
            return all;
        }

        private String change(Update update) {
            var sets = new TreeMap<>(update.set())
                    .entrySet().stream()
                            .map(set -> name(set.getKey()) + "=" + value(set.getValue()))
                            .collect(Collectors.joining(","));
            var removes =
                    new TreeSet<>(update.remove()).stream().map(this::name).collect(Collectors.joining(","));
            return (sets.isEmpty() ? "" : "SET " + sets + " ") + (removes.isEmpty() ? "" : "REMOVE " + removes);
        }

        private String name(String name) {
            return numbers.computeIfAbsent(name, added -> {
                var placeholder = "#" + names.size();
                names.put(placeholder, added);
                return placeholder;
            });
        }

        private String value(AttributeValue value) {
            var placeholder = ":" + values.size();
            values.put(placeholder, value);
            return placeholder;
        }
    }
}
