package dev.rekey.engine.scan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * What a segment has met of partition key values with many records, on its way through a table with a sort key. It travels
 * in the segment's checkpoint, and its size does not grow with the records.
 *
 * @param step a cut is made after so many bytes of one partition key value
 * @param last the record that was met last; empty before the first
 * @param cuts where the records of a partition key value can be cut, in the order they were met
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record HotKeyProgress(long step, Optional<Last> last, List<Cut> cuts) {
    public HotKeyProgress {
        cuts = List.copyOf(cuts);
    }

    public static HotKeyProgress begun(long step) {
        return new HotKeyProgress(step, Optional.empty(), List.of());
    }

    /**
     * The record that was met last.
     *
     * @param key as typed JSON
     * @param bytes of records of its partition key value since the last cut
     * @param ordered whether all records of its partition key value came in order of their sort keys
     */
    public record Last(String key, long bytes, boolean ordered) {}

    /**
     * A record after which its partition key value can be cut.
     *
     * @param source its key as typed JSON
     * @param target the key that it gets, as typed JSON; empty if it does not migrate
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Cut(String source, Optional<String> target) {}
}
