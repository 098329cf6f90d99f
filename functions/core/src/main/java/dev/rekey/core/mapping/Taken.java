package dev.rekey.core.mapping;

import dev.rekey.core.identity.OldId;
import dev.rekey.core.plan.FamilyName;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the records will hold that references point to, for {@code set: { through, take }}. Calls may come from several
 * threads at once.
 */
@FunctionalInterface
public interface Taken {
    /** No reference points to a record. */
    Taken NOTHING = (family, id, attribute) -> new Answer.NoRecord();

    /** Of a mapping that is asked about references and keys only. */
    Taken UNKNOWN = (family, id, attribute) -> {
        throw new IllegalStateException("a record is mapped, and the records that it refers to were not read");
    };

    /** @param attribute as the source names it */
    Answer of(FamilyName family, OldId id, String attribute);

    /** What there is to take. */
    sealed interface Answer {
        record Value(AttributeValue value) implements Answer {}

        /** There is no such record, or it does not move. */
        record NoRecord() implements Answer {}

        /** The record will not have the attribute. */
        record NoAttribute() implements Answer {}

        /** @param id of {@link MappingOutcome.Unmappable} of the record that is referred to */
        record Unmappable(String id) implements Answer {}
    }
}
