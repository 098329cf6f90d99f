package dev.rekey.engine.page;

import dev.rekey.core.item.Wording;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A cell of a table.
 *
 * @param heading of its column, for screens that show no columns
 */
record Cell(String heading, String value) {
    boolean zero() {
        return value.equals("0");
    }

    /** A row of counts, one for each of {@code columns}. */
    static <T> List<Cell> counts(List<T> columns, Function<T, String> heading, ToLongFunction<T> count) {
        return columns.stream()
                .map(column -> new Cell(heading.apply(column), Wording.count(count.applyAsLong(column))))
                .toList();
    }
}
