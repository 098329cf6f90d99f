package dev.rekey.engine.undo;

import dev.rekey.core.item.Key;
import dev.rekey.engine.log.LogPosition;
import dev.rekey.engine.log.Logged;
import dev.rekey.engine.log.LoggedScope;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.store.Documents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which logged records of a segment a rollback is about. */
final class ToUndo {
    private final Documents documents;
    private final RollbackSegment.Work work;
    private Optional<List<EarlierRollback>> earlier = Optional.empty();

    ToUndo(Documents documents, RollbackSegment.Work work) {
        this.documents = documents;
        this.work = work;
    }

    /** Without what is not to be rolled back, and without what earlier rollbacks have passed. */
    Map<Key, Logged> of(int page, Map<Key, Logged> logged) {
        if (earlier.isEmpty()) {
            earlier = Optional.of(earlier());
        }
        var left = logged;
        for (var one : earlier.get()) {
            left = one.left(page, left);
        }
        var where = work.undoing().where();
        return where.isEmpty() ? left : LoggedScope.of(where).only(left);
    }

    /** Those that have to be taken account of. Whatever any of them has passed and not left alone is others' by now. */
    private List<EarlierRollback> earlier() {
        var undoing = work.undoing();
        var earlier = new ArrayList<EarlierRollback>();
        undoing.earlier().stream()
                .filter(part -> !part.where().isEmpty() && part.includes(work.table()))
                .map(part -> part.where())
                .filter(where -> !where.equals(undoing.where()))
                .distinct()
                .forEach(where ->
                        earlier.add(find(Stage.undoing(where), Optional.of(LoggedScope.of(where)), KeyLists.DRIFT)));
        undoing.kept().forEach(stage -> earlier.add(find(stage, Optional.empty(), KeyLists.DRIFT)));
        undoing.overwritten().forEach(stage -> earlier.add(find(stage, Optional.empty(), KeyLists.UNRESTORED)));
        return earlier;
    }

    private EarlierRollback find(Stage stage, Optional<LoggedScope> scope, String list) {
        var checkpoint = documents
                .find(work.folder().checkpoint(stage, work.table(), work.segment()), Checkpoint.class)
                .map(Documents.Versioned::value);
        return new EarlierRollback(
                scope, checkpoint, KeyLists.of(documents, work, stage).all(list));
    }

    /**
     * How far an earlier rollback has come in a segment. Of what it has passed, only the records that it left alone
     * and listed can still be the run's business: whatever else stands under its keys by now was made by others afterwards.
     *
     * @param scope which records it was about; empty for all
     * @param checkpoint of that rollback; empty if it has not begun the segment
     * @param kept keys that it listed, as typed JSON
     */
    private record EarlierRollback(Optional<LoggedScope> scope, Optional<Checkpoint> checkpoint, Set<String> kept) {

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
            return inTheMiddle
                    ? new LogPosition(page, 0).part(all, reached.part()).keySet()
                    : Set.of();
        }
    }
}
