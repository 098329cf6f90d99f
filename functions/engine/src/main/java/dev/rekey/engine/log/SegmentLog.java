package dev.rekey.engine.log;

import dev.rekey.core.item.Key;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The undo log of one segment: the last attempt at each page, and what superseded attempts logged. There are few of
 * those: one for each time that a worker was interrupted in the middle of a page.
 *
 * @param last the last attempt at each page, in order of the pages
 * @param superseded attempts at pages that a later attempt did again, oldest first
 * @param all attempts, by page, oldest first
 */
public record SegmentLog(List<LogObject> last, List<LogBatch> superseded, List<LogObject> all) {

    /** Lists the objects of a segment and reads the superseded ones. */
    public static SegmentLog load(UndoLog log, TableName table, Segment segment) {
        var last = new ArrayList<LogObject>();
        var superseded = new ArrayList<LogBatch>();
        var all = log.objects(table, segment);
        for (var ref : all) {
            if (!last.isEmpty() && last.getLast().page() == ref.page()) {
                superseded.add(log.read(last.removeLast()));
            }
            last.add(ref);
        }
        return new SegmentLog(List.copyOf(last), List.copyOf(superseded), all);
    }

    /** All attempts at {@code page}, oldest first. */
    public List<LogObject> attempts(int page) {
        return all.stream().filter(ref -> ref.page() == page).toList();
    }

    /** What the superseded attempts logged, by target key. */
    public Map<Key, Logged> supersededByNewKey() {
        return Logged.byKey(superseded);
    }

    /** What the superseded attempts logged, by source key, without what they left out. */
    public Map<Key, List<LogEntry>> supersededByOldKey() {
        var all = new HashMap<Key, List<LogEntry>>();
        for (var batch : superseded) {
            for (var entry : batch.entries()) {
                if (!entry.operation().leavesOut()) {
                    all.computeIfAbsent(entry.origin().key(), key -> new ArrayList<>())
                            .add(entry);
                }
            }
        }
        return all;
    }
}
