package dev.rekey.engine.log;

import dev.rekey.core.item.SameContent;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An attribute that an update gives another value. Each value is empty where the attribute is not there.
 *
 * @param before what stood there before our first write
 * @param found what the attempt read, and expects when it writes: the same, or what an earlier attempt of ours wrote
 * @param after what the attempt writes
 */
public record Touched(Optional<AttributeValue> before, Optional<AttributeValue> found, Optional<AttributeValue> after) {
    /** Of an attempt that no other came before. */
    public static Touched first(Optional<AttributeValue> before, Optional<AttributeValue> after) {
        return new Touched(before, before, after);
    }

    /** Whether {@code value} is what stood there before our first write. */
    public boolean isBefore(Optional<AttributeValue> value) {
        return same(value, before);
    }

    /** Whether {@code value} can be what we wrote, in this attempt or in the one whose value it read. */
    public boolean isOurs(Optional<AttributeValue> value) {
        return same(value, after) || (isCarried() && same(value, found));
    }

    /** Whether the attempt read what an earlier attempt of ours wrote. */
    public boolean isCarried() {
        return !same(before, found);
    }

    /** Whether both are the same value, or no value. */
    public static boolean same(Optional<AttributeValue> one, Optional<AttributeValue> other) {
        return one.isPresent() == other.isPresent() && (one.isEmpty() || SameContent.same(one.get(), other.get()));
    }

    /** What {@code record} holds under {@code name}. */
    public static Optional<AttributeValue> of(Map<String, AttributeValue> record, String name) {
        return Optional.ofNullable(record.get(name));
    }
}
