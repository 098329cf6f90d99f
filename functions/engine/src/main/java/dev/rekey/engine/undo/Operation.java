package dev.rekey.engine.undo;

import dev.rekey.core.item.Digest;
import dev.rekey.engine.run.Counted;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What becomes of a target record, compared with what stood there before our first write. */
public sealed interface Operation {
    /** Nothing stood there. */
    record Create() implements Operation {}

    /** @param image of the whole record that stood there */
    record Replace(Map<String, AttributeValue> image) implements Operation {}

    /**
     * Some attributes of a record that stays get other values.
     *
     * @param touched the attributes that are ours, by name
     * @param read what other attributes held that decided about it; empty for one that was not there
     * @param rest digest of the attributes that were neither read nor touched
     */
    record Update(Map<String, Touched> touched, Map<String, Optional<AttributeValue>> read, Digest rest)
            implements Operation {
        public Update {
            touched = Collections.unmodifiableSortedMap(new TreeMap<>(touched));
            read = Collections.unmodifiableSortedMap(new TreeMap<>(read));
        }

        /** What is ours of the record if this attempt has written nothing: what earlier attempts wrote, and this one read. */
        public Optional<Update> unapplied() {
            var carried = new TreeMap<String, Touched>();
            touched.forEach((name, one) -> {
                if (one.isCarried()) {
                    carried.put(name, new Touched(one.before(), one.found(), one.found()));
                }
            });
            return carried.isEmpty() ? Optional.empty() : Optional.of(new Update(carried, read, rest));
        }
    }

    /** Nothing is written: the record is not ours. */
    sealed interface None extends Operation {}

    /** The target held the very content before. */
    record Identical() implements None {}

    /** The target holds other content, and the plan says to leave it. */
    record Skipped() implements None {}

    /**
     * The update that was logged before did not happen: the record had changed, and said so. What stands there is not ours,
     * whatever it equals.
     *
     * @param outcome what became of the record instead
     */
    record Disclaimed(Counted outcome) implements None {}

    /** Its outcome: as what it is counted and reported. */
    default Counted outcome() {
        return switch (this) {
            case Create _ -> Counted.CREATED;
            case Replace _ -> Counted.REPLACED;
            case Update _ -> Counted.UPDATED;
            case Identical _ -> Counted.IDENTICAL;
            case Skipped _ -> Counted.SKIPPED;
            case Disclaimed(var outcome) -> outcome;
        };
    }

    /** Whether we write the record, so that it is ours. */
    default boolean writes() {
        return switch (this) {
            case Create _, Replace _, Update _ -> true;
            case None _ -> false;
        };
    }

    /** The record that a rollback puts back as a whole; empty if there is none. */
    default Optional<Map<String, AttributeValue>> before() {
        return switch (this) {
            case Replace(var image) -> Optional.of(image);
            case Create _, Update _, None _ -> Optional.empty();
        };
    }
}
