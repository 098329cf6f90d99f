package dev.rekey.engine.log;

import dev.rekey.core.item.Digest;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.engine.run.Counted;
import java.util.Collections;
import java.util.HashMap;
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

        /** The record that was found, if {@code written} is what the update made of it. */
        public Map<String, AttributeValue> found(Map<String, AttributeValue> written) {
            var found = new HashMap<>(written);
            touched.forEach((name, one) ->
                    one.found().ifPresentOrElse(value -> found.put(name, value), () -> found.remove(name)));
            return found;
        }

        /** Whether {@code record} is what was found. */
        public boolean isAsFound(Map<String, AttributeValue> record) {
            return touched.entrySet().stream()
                            .allMatch(one -> Touched.same(one.getValue().found(), Touched.of(record, one.getKey())))
                    && hasRead(record)
                    && restOf(record).equals(rest);
        }

        /** Whether all attributes that decided about the update are what they were. */
        public boolean hasRead(Map<String, AttributeValue> record) {
            return read.entrySet().stream()
                    .allMatch(one -> Touched.same(one.getValue(), Touched.of(record, one.getKey())));
        }

        /** Digest of the attributes of {@code record} that were neither read nor touched. */
        public Digest restOf(Map<String, AttributeValue> record) {
            var others = new HashMap<>(record);
            others.keySet().removeAll(touched.keySet());
            others.keySet().removeAll(read.keySet());
            return RecordDigest.of(others);
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

    /**
     * The record is deleted: an earlier run wrote it, and its source record is gone.
     *
     * @param image of the whole record that stood there
     */
    record Delete(Map<String, AttributeValue> image) implements Operation {}

    /** Nothing is written: the record is not ours. */
    sealed interface None extends Operation {}

    /** The target held the very content before. */
    record Identical() implements None {}

    /** The target holds other content, and the plan says to leave it. */
    record Skipped() implements None {}

    /**
     * The source record was read and left out, for it cannot be written and the analysis did not have it: others have written
     * it since. Its entry has its source key in the place of a target key.
     */
    record LeftOut() implements None {}

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
            case Delete _ -> Counted.DELETED;
            case Identical _ -> Counted.IDENTICAL;
            case Skipped _ -> Counted.SKIPPED;
            case LeftOut _ -> Counted.LATE;
            case Disclaimed(var outcome) -> outcome;
        };
    }

    /** Whether the source record was left out, so that there is no target record to speak of. */
    default boolean leavesOut() {
        return this instanceof LeftOut;
    }

    /** Whether we write the record, or delete it, so that it is ours. */
    default boolean writes() {
        return switch (this) {
            case Create _, Replace _, Update _, Delete _ -> true;
            case None _ -> false;
        };
    }

    /** The record that a rollback puts back as a whole; empty if there is none. */
    default Optional<Map<String, AttributeValue>> before() {
        return switch (this) {
            case Replace(var image) -> Optional.of(image);
            case Delete(var image) -> Optional.of(image);
            case Create _, Update _, None _ -> Optional.empty();
        };
    }
}
