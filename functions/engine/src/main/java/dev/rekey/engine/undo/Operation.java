package dev.rekey.engine.undo;

import dev.rekey.engine.run.Counted;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What becomes of a target record, compared with what stood there before our first write. */
public sealed interface Operation {
    /** Nothing stood there. */
    record Create() implements Operation {}

    /** @param image of the whole record that stood there */
    record Replace(Map<String, AttributeValue> image) implements Operation {}

    /** Nothing is written: the record is not ours. */
    sealed interface None extends Operation {}

    /** The target held the very content before. */
    record Identical() implements None {}

    /** The target holds other content, and the plan says to leave it. */
    record Skipped() implements None {}

    /** Its outcome: as what it is counted and reported. */
    default Counted outcome() {
        return switch (this) {
            case Create _ -> Counted.CREATED;
            case Replace _ -> Counted.REPLACED;
            case Identical _ -> Counted.IDENTICAL;
            case Skipped _ -> Counted.SKIPPED;
        };
    }

    /** Whether we write the record, so that it is ours. */
    default boolean writes() {
        return switch (this) {
            case Create _, Replace _ -> true;
            case None _ -> false;
        };
    }

    /** What a rollback puts back; empty if nothing stood there, or nothing is written. */
    default Optional<Map<String, AttributeValue>> before() {
        return switch (this) {
            case Replace(var image) -> Optional.of(image);
            case Create _, None _ -> Optional.empty();
        };
    }
}
