package dev.rekey.core.mapping;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a record of the source becomes. */
public sealed interface MappingOutcome {

    /** @param item as it is to be written to the target */
    record Mapped(Map<String, AttributeValue> item) implements MappingOutcome {}

    /** The plan's {@code where} leaves the record out. */
    record FilteredOut() implements MappingOutcome, InPlaceOutcome {}

    /** The record is merged into another of its table, which stays what it is. */
    record MergedAway() implements MappingOutcome, InPlaceOutcome {}

    /**
     * The record cannot be mapped as the plan says.
     *
     * @param id stable, such as {@code mapping.wrong-type}
     * @param path place in the record, in the words of the plan
     * @param message what is wrong; holds types, paths and lengths, never content
     */
    record Unmappable(String id, String path, String message) implements MappingOutcome, InPlaceOutcome {}
}
