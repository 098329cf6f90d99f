package dev.rekey.engine.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.plan.TableName;
import java.util.Optional;
import java.util.Set;

/**
 * How a run is rolled back. It lies in the run's control, so that a resumed rollback goes on as it began.
 *
 * @param table the one table that is rolled back; empty for the whole run
 * @param cascade whether the tables that refer to it, directly or not, are rolled back with it
 * @param exclusive whether the caller asserts that nothing else writes to the tables: then records are deleted and
 *     restored in batches, without a condition
 * @param undone the tables that an earlier rollback of the same kind took back already: this one does not count them
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Undoing(Optional<String> table, boolean cascade, Drift drift, boolean exclusive, Set<TableName> undone) {
    /** Everything, but for what others changed. */
    public static final Undoing ALL = new Undoing(Optional.empty(), false, Drift.KEEP, false);

    public Undoing {
        undone = undone == null ? Set.of() : Set.copyOf(undone);
    }

    public Undoing(Optional<String> table, boolean cascade, Drift drift, boolean exclusive) {
        this(table, cascade, drift, exclusive, Set.of());
    }

    public Undoing after(Set<TableName> others) {
        return new Undoing(table, cascade, drift, exclusive, others);
    }
}
