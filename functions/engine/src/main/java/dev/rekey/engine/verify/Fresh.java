package dev.rekey.engine.verify;

import dev.rekey.core.item.Digest;
import dev.rekey.core.mapping.MappingOutcome;
import dev.rekey.core.mapping.RecordMapping;
import dev.rekey.core.plan.TableName;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A source record that verification scanned and that the plan includes, and what it maps to.
 *
 * @param table of the plan, as the record is now
 * @param mapping of the table
 */
record Fresh(TableName table, Map<String, AttributeValue> record, MappingOutcome mapped, RecordMapping mapping) {
    /** Digest of all that decides what it maps to. */
    Digest digest() {
        return mapping.digest(record);
    }

    /** Empty if it cannot be mapped. */
    Optional<Map<String, AttributeValue>> item() {
        return switch (mapped) {
            case MappingOutcome.Mapped(var item) -> Optional.of(item);
            case MappingOutcome.FilteredOut _, MappingOutcome.MergedAway _, MappingOutcome.Unmappable _ ->
                Optional.empty();
        };
    }
}
