package dev.rekey.engine.migrate;

import dev.rekey.core.item.Key;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.store.Tables;
import java.util.Optional;

/**
 * What is to be done with one record that is changed in place.
 *
 * @param table of the plan
 * @param counted as what it is counted, once it is done
 * @param entry what is logged of it; empty if it was not ours and does not become ours
 * @param request what has to be written; empty if nothing has
 */
record Planned(TableName table, Key key, Counted counted, Optional<LogEntry> entry, Optional<Tables.Update> request) {

    /**
     * What was logged of a record before.
     *
     * @param ours what of the record may be ours
     * @param table that the record was of then; empty if nothing was logged, or if no other table shares the log
     * @param anything whether anything was logged, so that the next attempt has to log what is true now
     */
    record Prior(Optional<Operation.Update> ours, Optional<TableName> table, boolean anything) {
        static final Prior NONE = new Prior(Optional.empty(), Optional.empty(), false);

        static Prior of(Operation operation, Optional<TableName> table) {
            return switch (operation) {
                case Operation.Update update -> new Prior(Optional.of(update), table, true);
                case Operation.Create _, Operation.Replace _, Operation.Delete _, Operation.None _ ->
                    new Prior(Optional.empty(), table, true);
            };
        }

        /** Whether the record was of {@code one}, as far as that is known. */
        boolean isOf(TableName one) {
            return table.isEmpty() || table.get().equals(one);
        }
    }

    /** Whether there is nothing to write and nothing to log. */
    boolean isIdle() {
        return entry.isEmpty() && request.isEmpty();
    }

    /** What is known once the request was made and may have been carried out. */
    Prior attempted() {
        return Prior.of(entry.orElseThrow().operation(), entry.orElseThrow().table());
    }

    /** What is known once the answer has said that nothing was written. */
    Prior refused() {
        var attempted = attempted();
        return new Prior(attempted.ours().flatMap(Operation.Update::unapplied), attempted.table(), true);
    }
}
