package dev.rekey.engine.undo;

import dev.rekey.core.item.Key;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The page objects of one segment: the last attempt at each page, and what superseded attempts logged. There are few of
 * those: one for each time that a worker was interrupted in the middle of a page.
 *
 * @param last the last attempt at each page, in order of the pages
 * @param superseded pages that a later attempt did again, oldest first
 */
public record SegmentLog(List<PageRef> last, List<Page> superseded) {

    /** Lists the objects of a segment and reads the superseded ones. */
    public static SegmentLog load(PageLog log, TableName table, Segment segment) {
        var last = new ArrayList<PageRef>();
        var superseded = new ArrayList<Page>();
        for (var ref : log.pages(table, segment)) {
            if (!last.isEmpty() && last.getLast().page() == ref.page()) {
                superseded.add(log.read(last.removeLast()));
            }
            last.add(ref);
        }
        return new SegmentLog(List.copyOf(last), List.copyOf(superseded));
    }

    /** What the superseded attempts logged, by target key. */
    public Map<Key, Logged> supersededByNewKey() {
        return Logged.byKey(superseded);
    }

    /** What the superseded attempts logged, by source key. */
    public Map<Key, List<PageEntry>> supersededByOldKey() {
        var all = new HashMap<Key, List<PageEntry>>();
        for (var page : superseded) {
            for (var entry : page.entries()) {
                all.computeIfAbsent(entry.oldKey(), key -> new ArrayList<>()).add(entry);
            }
        }
        return all;
    }
}
