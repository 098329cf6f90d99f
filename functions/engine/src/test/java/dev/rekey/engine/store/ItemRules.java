package dev.rekey.engine.store;

import dev.rekey.core.item.ItemLimits;
import dev.rekey.core.item.ItemSize;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.TableShape;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What DynamoDB accepts as an item, and the form in which it gives numbers back. */
final class ItemRules {
    private static final int MAX_PARTITION_KEY_BYTES = 2048;
    private static final int MAX_SORT_KEY_BYTES = 1024;
    private static final int MAX_NESTING = 31;
    private static final int MAX_DIGITS = 38;
    private static final int MAX_EXPONENT = 125;
    private static final int MIN_EXPONENT = -130;

    private final TableShape shape;

    ItemRules(TableShape shape) {
        this.shape = shape;
    }

    /** The item as it is stored. */
    Map<String, AttributeValue> accepted(Map<String, AttributeValue> item) {
        var stored = accepted(item, 0);
        shape.keyAttributes().forEach(key -> checkKey(key, stored.get(key.name())));
        shape.indexes().values().stream()
                .flatMap(List::stream)
                .filter(key -> stored.containsKey(key.name()))
                .forEach(key -> checkKey(key, stored.get(key.name())));
        refuseIf(ItemSize.bytes(stored) > ItemLimits.ITEM_BYTES, "item size has exceeded the maximum allowed size");
        return stored;
    }

    /** Refuses what no item may hold, as the service does before it looks at the item. */
    void acceptedAttributes(Map<String, AttributeValue> attributes) {
        accepted(attributes, 0);
    }

    /** The attributes of a key as they are stored. */
    Map<String, AttributeValue> acceptedKey(Map<String, AttributeValue> key) {
        refuseIf(key.size() != shape.keyAttributes().size(), "the number of conditions on the keys is invalid");
        var stored = accepted(key, 0);
        shape.keyAttributes().forEach(attribute -> checkKey(attribute, stored.get(attribute.name())));
        return stored;
    }

    private void checkKey(KeyAttribute key, AttributeValue value) {
        refuseIf(value == null, "one of the required keys was not given a value");
        refuseIf(!value.type().name().equals(key.type().name()), "type mismatch for key " + key.name());
        int bytes = ItemSize.bytes(Map.of("", value));
        refuseIf(bytes == 0, "a key attribute cannot contain an empty value, key " + key.name());
        boolean isPartitionKey = key.name().equals(shape.partitionKey().name());
        int limit = isPartitionKey ? MAX_PARTITION_KEY_BYTES : MAX_SORT_KEY_BYTES;
        boolean ofTable = isPartitionKey || shape.keyAttributes().contains(key);
        refuseIf(ofTable && bytes > limit, "the key " + key.name() + " is longer than " + limit + " bytes");
    }

    private static Map<String, AttributeValue> accepted(Map<String, AttributeValue> attributes, int depth) {
        var accepted = new LinkedHashMap<String, AttributeValue>();
        attributes.forEach((name, value) -> {
            refuseIf(name.isEmpty(), "empty attribute name");
            accepted.put(name, accepted(value, depth));
        });
        return accepted;
    }

    private static AttributeValue accepted(AttributeValue value, int depth) {
        refuseIf(depth >= MAX_NESTING && (value.hasM() || value.hasL()), "nesting levels have exceeded the limit");
        return switch (value.type()) {
            case S, B, BOOL -> value;
            case NUL -> {
                refuseIf(!value.nul(), "null attribute value types must have the value of true");
                yield value;
            }
            case N -> AttributeValue.fromN(number(value.n()));
            case SS -> checkedSet(value, value.ss());
            case BS -> checkedSet(value, value.bs());
            case NS -> {
                var numbers = value.ns().stream().map(ItemRules::number).toList();
                yield checkedSet(AttributeValue.fromNs(numbers), numbers);
            }
            case L ->
                AttributeValue.fromL(
                        value.l().stream().map(v -> accepted(v, depth + 1)).toList());
            case M -> AttributeValue.fromM(accepted(value.m(), depth + 1));
            case UNKNOWN_TO_SDK_VERSION -> throw refused("supplied AttributeValue is empty");
        };
    }

    private static AttributeValue checkedSet(AttributeValue set, List<?> elements) {
        refuseIf(elements.isEmpty(), "a set may not be empty");
        refuseIf(new HashSet<>(elements).size() < elements.size(), "a set contains duplicates");
        return set;
    }

    private static String number(String text) {
        BigDecimal number;
        try {
            number = new BigDecimal(text).stripTrailingZeros();
        } catch (NumberFormatException e) {
            throw refused("a value provided cannot be converted into a number");
        }
        int exponent = number.precision() - number.scale() - 1;
        refuseIf(number.precision() > MAX_DIGITS, "a number has more than 38 digits");
        boolean outside = exponent > MAX_EXPONENT || exponent < MIN_EXPONENT;
        refuseIf(number.signum() != 0 && outside, "a number is outside of the supported range");
        return number.toPlainString();
    }

    private static void refuseIf(boolean condition, String reason) {
        if (condition) {
            throw refused(reason);
        }
    }

    static void require(boolean condition, String reason) {
        refuseIf(!condition, reason);
    }

    static StoreException refused(String reason) {
        return new StoreException(
                StoreException.Kind.INVALID, "Cannot do the request: " + reason + ". Nothing was changed. Correct it.");
    }
}
