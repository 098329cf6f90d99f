package dev.rekey.core.plan;

import dev.rekey.core.item.PhysicalTable;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Where the old and new ids of a family stand. */
public sealed interface MappingSource {
    /**
     * A table beside those of the source, with one record for each old id.
     *
     * @param where only records with exactly these values count; may be empty
     */
    record OfTable(PhysicalTable table, Columns columns, Map<String, AttributeValue> where) implements MappingSource {}

    /**
     * A CSV or JSON file.
     *
     * @param file relative to the plan, or an {@code s3://} address
     * @param where as for a table
     */
    record OfFile(String file, Columns columns, Map<String, AttributeValue> where) implements MappingSource {}

    /** @param ids old id to new id, as the plan writes them */
    record OfIds(Map<String, String> ids) implements MappingSource {}

    /** Names of the attributes, or columns, that hold old and new ids. */
    record Columns(String from, String to) {}
}
