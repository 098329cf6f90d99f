package dev.rekey.engine.analyze;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far the records of a table are.
 *
 * @param all every record that the plan is about
 * @param byValue those that hold a value of the chosen attribute, by its text; empty if none is chosen
 * @param withoutValue the others: the attribute is absent, or neither a string nor a number nor true nor false
 */
public record TableStatus(StatusCounts all, SortedMap<String, StatusCounts> byValue, StatusCounts withoutValue) {
    /** Of no records. */
    public static final TableStatus NONE =
            new TableStatus(StatusCounts.NONE, Collections.emptySortedMap(), StatusCounts.NONE);

    public TableStatus {
        byValue = Collections.unmodifiableSortedMap(new TreeMap<>(byValue));
    }

    public TableStatus plus(TableStatus other) {
        var both = new TreeMap<>(byValue);
        other.byValue.forEach((value, counts) -> both.merge(value, counts, StatusCounts::plus));
        return new TableStatus(all.plus(other.all), both, withoutValue.plus(other.withoutValue));
    }

    /** Of all tables together. */
    public static TableStatus sum(Map<?, TableStatus> tables) {
        return tables.values().stream().reduce(NONE, TableStatus::plus);
    }
}
