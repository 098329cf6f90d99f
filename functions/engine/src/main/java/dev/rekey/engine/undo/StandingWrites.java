package dev.rekey.engine.undo;

import dev.rekey.core.item.Key;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.Logged;
import dev.rekey.engine.log.LoggedPages;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.store.Documents;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a run did and rollbacks of its parts have not taken back, judged as a rollback of the rest judges: what they left alone,
 * since others had changed it, stands as before.
 *
 * @param undoing of the last rollback of a part
 */
public record StandingWrites(Documents documents, Manifest run, Undoing undoing) {
    /** Of one table, page by page, by target key. */
    public Stream<Map<Key, Logged>> of(TableName table) {
        var unit = run.unit(table);
        return Segment.all(run.table(unit).allSegments()).stream().flatMap(segment -> of(table, unit, segment));
    }

    private Stream<Map<Key, Logged>> of(TableName table, TableName unit, Segment segment) {
        var folder = new RunFolder(run.run());
        var pages = LoggedPages.of(new UndoLog(documents, folder), unit, table, segment);
        var next = new RollbackSegment.Work(
                folder, table, unit, segment, run.table(unit).target(), Undoing.ALL.next(undoing));
        var rest = new ToUndo(documents, next);
        return IntStream.rangeClosed(0, pages.rest()).mapToObj(page -> {
            var all = pages.records(pages.batch(page));
            var standing = new HashMap<>(rest.of(page, all));
            all.forEach((key, one) -> {
                if (!one.operation().writes()) {
                    standing.put(key, one);
                }
            });
            return standing;
        });
    }
}
