package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * How a run is rolled back. It lies in the run's control, so that a resumed rollback goes on as it began.
 *
 * @param table the one table that is rolled back; empty for the whole run
 * @param cascade whether the tables that refer to it, directly or not, are rolled back with it
 * @param exclusive whether somebody vouches that nobody else writes to the tables meanwhile: then records are deleted and
 *     restored in batches, without a condition
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Undoing(Optional<String> table, boolean cascade, Drift drift, boolean exclusive) {
    /** Everything, but for what others changed. */
    public static final Undoing ALL = new Undoing(Optional.empty(), false, Drift.KEEP, false);
}
