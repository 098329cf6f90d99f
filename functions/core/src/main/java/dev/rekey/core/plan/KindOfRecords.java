package dev.rekey.core.plan;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which records of a physical table belong to a table of the plan, if several tables of the plan share it.
 *
 * @param from the physical table's name in the plan, from which the templates make its names. The table of the plan that
 *     has this name itself takes the records that belong to no other; no plan declares it
 * @param match the values that a record's top-level attributes have; empty for every record
 * @param unmatched what becomes of records that belong to no table of the plan; the same for all that share {@code from}
 */
public record KindOfRecords(TableName from, Map<String, AttributeValue> match, Unmatched unmatched) {
    public KindOfRecords {
        match = Collections.unmodifiableSortedMap(new TreeMap<>(match));
    }

    /** The records of {@code from} that belong to no table of the plan. */
    public static KindOfRecords rest(TableName from, Unmatched unmatched) {
        return new KindOfRecords(from, Map.of(), unmatched);
    }
}
