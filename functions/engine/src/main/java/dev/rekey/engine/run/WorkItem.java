package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.plan.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One item of a Distributed Map: a segment of a table, or a partition of a join.
 *
 * @param table empty for a partition
 * @param side {@link #SOURCE}, {@link #TARGET} or {@link #MERGE} for a segment; empty for a partition
 * @param index from 0
 * @param of how many there are
 * @param level from 1; 0 for what belongs to no level
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record WorkItem(Optional<TableName> table, Optional<String> side, int index, int of, int level) {
    public static final String SOURCE = "source";
    public static final String TARGET = "target";
    /** A source that is read for records which may be merged. */
    public static final String MERGE = "merge";

    public static final String REFERRING = "referring";

    /** All segments of one side of a table. */
    public static List<WorkItem> segments(TableName table, String side, int segments, int level) {
        return IntStream.range(0, segments)
                .mapToObj(index -> new WorkItem(Optional.of(table), Optional.of(side), index, segments, level))
                .toList();
    }

    /** All partitions of a join. */
    public static List<WorkItem> partitions(int partitions, int level) {
        return IntStream.range(0, partitions)
                .mapToObj(index -> new WorkItem(Optional.empty(), Optional.empty(), index, partitions, level))
                .toList();
    }

    public Segment segment() {
        return new Segment(index, of);
    }
}
