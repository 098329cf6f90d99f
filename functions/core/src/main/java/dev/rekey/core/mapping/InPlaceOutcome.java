package dev.rekey.core.mapping;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What happens to a record that is changed where it is. */
public sealed interface InPlaceOutcome
        permits InPlaceOutcome.Update,
                InPlaceOutcome.Nothing,
                MappingOutcome.FilteredOut,
                MappingOutcome.MergedAway,
                MappingOutcome.Unmappable {

    /** The record is as the plan says already. */
    record Nothing() implements InPlaceOutcome {}

    /**
     * Some attributes change. That is right only as long as everything that was read or touched is what it was.
     *
     * @param touched attributes that get another value, by name; never one of the key
     * @param read what the other attributes held that decided about it; empty for one that was not there. Without the
     *     key, which is what the record is known by
     */
    record Update(Map<String, Touch> touched, Map<String, Optional<AttributeValue>> read) implements InPlaceOutcome {
        public Update {
            touched = Collections.unmodifiableSortedMap(new TreeMap<>(touched));
            read = Collections.unmodifiableSortedMap(new TreeMap<>(read));
        }

        /** {@code record}, which was mapped, after the update. */
        public Map<String, AttributeValue> appliedTo(Map<String, AttributeValue> record) {
            var after = new HashMap<>(record);
            touched.forEach((name, touch) ->
                    touch.after().ifPresentOrElse(value -> after.put(name, value), () -> after.remove(name)));
            return after;
        }
    }

    /** The value of an attribute before and after; empty where it is not there. */
    record Touch(Optional<AttributeValue> before, Optional<AttributeValue> after) {}
}
