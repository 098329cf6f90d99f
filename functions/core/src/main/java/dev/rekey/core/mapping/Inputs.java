package dev.rekey.core.mapping;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What an expression of the plan can read.
 *
 * @param record as it was read
 * @param survivor new id of the record that this one is merged into; empty if it is not merged away
 */
record Inputs(Map<String, AttributeValue> record, Optional<AttributeValue> survivor) {
    Inputs(Map<String, AttributeValue> record) {
        this(record, Optional.empty());
    }
}
