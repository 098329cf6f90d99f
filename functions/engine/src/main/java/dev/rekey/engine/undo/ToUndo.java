package dev.rekey.engine.undo;

import dev.rekey.core.item.Key;
import dev.rekey.engine.run.Undoing;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which logged records of a segment a rollback is about. */
final class ToUndo {
    private final EarlierRollbacks others;
    private final Undoing undoing;
    private Optional<List<EarlierRollback>> earlier = Optional.empty();

    ToUndo(EarlierRollbacks others, Undoing undoing) {
        this.others = others;
        this.undoing = undoing;
    }

    /** Without what is not to be rolled back, and without what earlier rollbacks have passed. */
    Map<Key, Logged> of(int page, Map<Key, Logged> logged) {
        if (earlier.isEmpty()) {
            earlier = Optional.of(others.before(undoing));
        }
        var left = logged;
        for (var one : earlier.get()) {
            left = one.left(page, left);
        }
        return undoing.where().isEmpty()
                ? left
                : LoggedScope.of(undoing.where()).only(left);
    }
}
