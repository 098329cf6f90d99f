package dev.rekey.core.mapping;

import dev.rekey.core.item.ItemSize;
import dev.rekey.core.item.SameContent;
import dev.rekey.core.plan.OnExisting;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes attributes of one record that may hold other values already, as {@code onExisting} says.
 *
 * @param ours whether an earlier run wrote the value of the attribute: then it may be replaced in any case
 */
record Existing(BiPredicate<String, AttributeValue> ours) {
    /** Of a record that no earlier run has changed. */
    static final Existing UNKNOWN = new Existing((attribute, value) -> false);

    /**
     * @param value empty to remove the attribute
     * @return whether the attribute has that value now
     * @throws UnmappableException if another value stands there and must not be replaced
     */
    boolean write(
            Map<String, AttributeValue> item, String attribute, Optional<AttributeValue> value, OnExisting onExisting) {
        var there = Optional.ofNullable(item.get(attribute));
        if (isSame(there, value)) {
            return true;
        }
        if (there.filter(found -> isProtected(attribute, found, onExisting)).isPresent()) {
            switch (onExisting) {
                case KEEP -> {
                    return false;
                }
                case FAIL ->
                    throw new UnmappableException(
                            "mapping.existing", attribute, "holds another value than the plan gives it");
                case OVERWRITE -> {}
            }
        }
        value.ifPresentOrElse(now -> item.put(attribute, now), () -> item.remove(attribute));
        return true;
    }

    /** Removes the attribute if an earlier run wrote what stands there. */
    void removeOurs(Map<String, AttributeValue> item, String attribute) {
        if (Optional.ofNullable(item.get(attribute))
                .filter(there -> ours.test(attribute, there))
                .isPresent()) {
            item.remove(attribute);
        }
    }

    private static boolean isSame(Optional<AttributeValue> one, Optional<AttributeValue> other) {
        return one.isPresent() == other.isPresent() && (one.isEmpty() || SameContent.same(one.get(), other.get()));
    }

    private boolean isProtected(String attribute, AttributeValue there, OnExisting onExisting) {
        return isAValue(there) && onExisting != OnExisting.OVERWRITE && !ours.test(attribute, there);
    }

    /** Null, {@code ""} and an empty binary are what applications write for nothing. */
    static boolean isAValue(AttributeValue value) {
        return switch (value.type()) {
            case NUL -> false;
            case S, B -> ItemSize.bytes(value) > 0;
            case N, BOOL, SS, NS, BS, L, M, UNKNOWN_TO_SDK_VERSION -> true;
        };
    }
}
