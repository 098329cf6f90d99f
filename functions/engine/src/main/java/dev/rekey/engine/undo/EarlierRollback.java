package dev.rekey.engine.undo;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.store.Documents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far a rollback that keeps drift has come in a segment. Of what it has passed, only the records that it left alone
 * and listed can still be the run's business: whatever else stands under its keys by now was made by others afterwards.
 *
 * @param checkpoint of that rollback; empty if it has not begun the segment
 * @param kept keys that it listed, as typed JSON
 */
record EarlierRollback(Optional<Checkpoint> checkpoint, Set<String> kept) {

    static EarlierRollback find(Documents documents, RunFolder folder, TableName table, Segment segment) {
        var checkpoint = documents
                .find(folder.checkpoint(Stage.ROLLBACK, table, segment), Checkpoint.class)
                .map(Documents.Versioned::value);
        var lists = folder.key("drift/" + table + "/" + segment.folder() + "-").name();
        var kept = documents.list(lists).stream()
                .flatMap(key -> List.of(documents.get(key, String[].class).value()).stream())
                .collect(Collectors.toSet());
        return new EarlierRollback(checkpoint, kept);
    }

    /** Those records of page {@code page} of the log, counted from the last, that are still to be undone. */
    Map<Key, Logged> left(int page, Map<Key, Logged> all) {
        var passed = passed(page, all);
        var left = new HashMap<>(all);
        left.keySet().removeIf(key -> passed.contains(key) && !kept.contains(text(key)));
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

    /** A key as it stands in the lists. */
    static String text(Key key) {
        return TypedJson.text(key.attributes());
    }
}
