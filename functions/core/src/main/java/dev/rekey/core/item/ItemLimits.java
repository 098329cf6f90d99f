package dev.rekey.core.item;

import dev.rekey.core.item.LimitViolation.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What DynamoDB refuses to store. */
public final class ItemLimits {
    public static final int ITEM_BYTES = 400 * 1024;
    public static final int PARTITION_KEY_BYTES = 2048;
    public static final int SORT_KEY_BYTES = 1024;
    /** Levels of lists and maps inside each other; the item itself is the first, as DynamoDB Local 2.6.1 counts. */
    public static final int NESTING = 32;

    private ItemLimits() {}

    /** The first limit of {@code table} that {@code item} breaks. */
    public static Optional<LimitViolation> check(Map<String, AttributeValue> item, TableShape table) {
        return key(item, table.keyAttributes())
                .or(() -> indexes(item, table.indexes()))
                .or(() -> size(item))
                .or(() -> nesting(item));
    }

    private static Optional<LimitViolation> key(Map<String, AttributeValue> item, List<KeyAttribute> key) {
        for (var i = 0; i < key.size(); i++) {
            var attribute = key.get(i);
            var value = item.get(attribute.name());
            if (value == null) {
                return violation(Kind.KEY_TYPE, attribute, "is absent, but the target's key requires it");
            }
            var misfit = keyValue(attribute, value, "the target's key");
            if (misfit.isPresent()) {
                return violation(Kind.KEY_TYPE, attribute, misfit.get());
            }
            var tooLong = keyLength(value, i);
            if (tooLong.isPresent()) {
                return violation(Kind.KEY_TOO_LONG, attribute, tooLong.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<LimitViolation> indexes(
            Map<String, AttributeValue> item, Map<String, List<KeyAttribute>> indexes) {
        for (var index : indexes.entrySet()) {
            for (var i = 0; i < index.getValue().size(); i++) {
                var attribute = index.getValue().get(i);
                var value = item.get(attribute.name());
                if (value != null) {
                    var position = i;
                    var misfit = keyValue(attribute, value, "index " + index.getKey())
                            .or(() -> keyLength(value, position));
                    if (misfit.isPresent()) {
                        return violation(Kind.INDEX_KEY, attribute, misfit.get());
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> keyValue(KeyAttribute attribute, AttributeValue value, String user) {
        var fits = switch (attribute.type()) {
            case S -> value.s() != null;
            case N -> value.n() != null;
            case B -> value.b() != null;
        };
        if (!fits) {
            return Optional.of("is " + value.type() + ", and " + user + " needs " + attribute.type());
        }
        return attribute.type() != KeyType.N && ItemSize.bytes(value) == 0
                ? Optional.of("is empty, which " + user + " cannot hold")
                : Optional.empty();
    }

    private static Optional<String> keyLength(AttributeValue value, int position) {
        var limit = position == 0 ? PARTITION_KEY_BYTES : SORT_KEY_BYTES;
        var bytes = ItemSize.bytes(value);
        return bytes > limit ? Optional.of("has " + bytes + " bytes, but the limit is " + limit) : Optional.empty();
    }

    private static Optional<LimitViolation> size(Map<String, AttributeValue> item) {
        var bytes = ItemSize.bytes(item);
        return bytes > ITEM_BYTES
                ? Optional.of(new LimitViolation(
                        Kind.ITEM_TOO_LARGE, "", "the item has " + bytes + " bytes, but the limit is " + ITEM_BYTES))
                : Optional.empty();
    }

    private static Optional<LimitViolation> nesting(Map<String, AttributeValue> item) {
        return item.keySet().stream()
                .filter(name -> 1 + depth(item.get(name)) > NESTING)
                .min(Comparator.naturalOrder())
                .map(name -> new LimitViolation(
                        Kind.NESTING,
                        name,
                        "is nested " + (1 + depth(item.get(name))) + " levels deep, but the limit is " + NESTING));
    }

    private static int depth(AttributeValue value) {
        var deepest = 0;
        if (value.hasL()) {
            for (var element : value.l()) {
                deepest = Math.max(deepest, depth(element));
            }
        } else if (value.hasM()) {
            for (var element : value.m().values()) {
                deepest = Math.max(deepest, depth(element));
            }
        } else {
            return 0;
        }
        return deepest + 1;
    }

    private static Optional<LimitViolation> violation(Kind kind, KeyAttribute attribute, String message) {
        return Optional.of(new LimitViolation(kind, attribute.name(), message));
    }
}
