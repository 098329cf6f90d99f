package dev.rekey.engine.analyze;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.segment.Sizes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was counted of one source table.
 *
 * @param level from 1
 * @param because the references that put the table on its level; empty on level 1
 * @param records that were read
 * @param filtered how many of them the plan leaves out
 * @param unmappable how many of them cannot be migrated as the plan says
 * @param bytes of all that were read
 * @param targetBytes of all that migrate, after rewriting
 * @param targetSizes of those; empty if there is none
 * @param attributes top-level attributes of all that were read, in order of name
 * @param attributesLeftOut how many values belong to attributes that are not listed because there are too many names;
 *     if this is not 0, the counts of those that are listed are lower bounds
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TableStatistics(
        TableName table,
        int level,
        List<Because> because,
        long records,
        long filtered,
        long unmappable,
        long bytes,
        long targetBytes,
        Optional<Sizes> targetSizes,
        List<Attribute> attributes,
        long attributesLeftOut,
        Optional<Integer> sampled) {

    /**
     * A reference to another table.
     *
     * @param path in the records of this table; the name of a key attribute
     * @param table that is referred to
     * @param level of that table: one less than this table's, or the same if the two are in a cycle
     */
    public record Because(String path, TableName table, int level) {}

    /**
     * One top-level attribute.
     *
     * @param types how many records hold it, by DynamoDB type
     * @param missing how many records do not hold it
     */
    public record Attribute(String name, Map<String, Long> types, long missing) {}
}
