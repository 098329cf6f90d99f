package dev.rekey.core.mapping;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What an expression of the plan can read.
 *
 * @param record as it was read
 * @param survivor new id of the record that this one is merged into; empty if it is not merged away
 * @param per value that the records share for which one is created; empty if none is, or if they share none
 */
record Inputs(Map<String, AttributeValue> record, Optional<AttributeValue> survivor, Optional<AttributeValue> per) {
    Inputs(Map<String, AttributeValue> record) {
        this(record, Optional.empty());
    }

    Inputs(Map<String, AttributeValue> record, Optional<AttributeValue> survivor) {
        this(record, survivor, Optional.empty());
    }

    /** Those of a record that is created. */
    static Inputs ofCreated(Optional<AttributeValue> per) {
        return new Inputs(Map.of(), Optional.empty(), per);
    }
}
