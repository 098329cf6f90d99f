package dev.rekey.engine.undo;

import dev.rekey.core.item.Key;
import dev.rekey.engine.segment.Checkpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far an earlier rollback has come in a segment. Of what it has passed, only the records that it left alone
 * and listed can still be the run's business: whatever else stands under its keys by now was made by others afterwards.
 *
 * @param scope which records it was about; empty for all
 * @param checkpoint of that rollback; empty if it has not begun the segment
 * @param kept keys that it listed, as typed JSON
 */
record EarlierRollback(Optional<LoggedScope> scope, Optional<Checkpoint> checkpoint, Set<String> kept) {

    /** Those records of page {@code page} of the log, counted from the last, that are still to be undone. */
    Map<Key, Logged> left(int page, Map<Key, Logged> all) {
        var passed = passed(page, scope.map(its -> its.only(all)).orElse(all));
        var left = new HashMap<>(all);
        left.keySet().removeIf(key -> passed.contains(key) && !kept.contains(KeyLists.text(key)));
        return left;
    }

    private Set<Key> passed(int page, Map<Key, Logged> all) {
        if (checkpoint.isEmpty()) {
            return Set.of();
        }
        var reached = LogPosition.of(checkpoint.get().cursor());
        if (checkpoint.get().done() || page < reached.page()) {
            return all.keySet();
        }
        boolean inTheMiddle = page == reached.page() && reached.part() > 0;
        return inTheMiddle ? new LogPosition(page, 0).part(all, reached.part()).keySet() : Set.of();
    }
}
