package dev.rekey.core.item;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a table bears, in capacity units per second: what is provisioned, or what a table on demand takes at once.
 *
 * @param reads empty if it is not known
 * @param writes of the table and of each of its secondary indexes, the least; empty if it is not known
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Throughput(Optional<Long> reads, Optional<Long> writes) {
    public static final Throughput UNKNOWN = new Throughput(Optional.empty(), Optional.empty());

    public boolean isUnknown() {
        return reads.isEmpty() && writes.isEmpty();
    }

    /** The least of several numbers that are known; empty if none is. */
    public static Optional<Long> least(Stream<Long> known) {
        return known.filter(units -> units != null && units > 0).min(Long::compare);
    }
}
