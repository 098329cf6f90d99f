package dev.rekey.engine.segment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * What the next invocation at a segment has to know of this one's pace, so that it does not begin with a burst.
 *
 * @param readUnitsOwed units that were read ahead of the limit
 * @param writeUnitsOwed units that were written ahead of the limit
 * @param sourceReads rate that the source bore, in units per second; empty if it never refused
 * @param targetReads likewise
 * @param targetWrites likewise
 * @param pageRecords how many records fitted a page; 0 for a page without limit
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PaceState(
        double readUnitsOwed,
        double writeUnitsOwed,
        Optional<Double> sourceReads,
        Optional<Double> targetReads,
        Optional<Double> targetWrites,
        int pageRecords) {

    /** Whether a table refused requests. Limits alone are no refusal. */
    boolean metRefusals() {
        return sourceReads.isPresent() || targetReads.isPresent() || targetWrites.isPresent();
    }
}
