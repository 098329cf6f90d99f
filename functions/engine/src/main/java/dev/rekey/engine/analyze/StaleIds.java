package dev.rekey.engine.analyze;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * Old ids of records that have new ones, found in what a run has written.
 *
 * @param at where they stand; in the document, its fields stand beside the others
 * @param values how many there are
 * @param distinct how many of them are different
 * @param evidence as in {@link Undeclared}
 * @param estimated as in {@link Undeclared}
 * @param accepted whether the plan accepts ids at this place, or the run was started in spite of such warnings
 */
public record StaleIds(
        @JsonUnwrapped IdPlace at, long values, long distinct, Evidence evidence, boolean estimated, boolean accepted) {
    /** Whether a verification cannot confirm the run because of them. Numbers that match by accident are no reason. */
    public boolean fails() {
        return evidence == Evidence.STRONG && !accepted;
    }
}
