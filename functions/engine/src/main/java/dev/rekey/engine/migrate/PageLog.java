package dev.rekey.engine.migrate;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.LogBatch;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.LogObject;
import dev.rekey.engine.log.Logged;
import dev.rekey.engine.log.SegmentLog;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The undo log of one segment, for pages that write: what earlier attempts logged, and what comes next. */
final class PageLog {
    private final UndoLog log;
    private final Place place;
    private Map<Key, Logged> earlier = Map.of();
    private int lookedAt = -1;
    private List<LogObject> attempts = List.of();

    /**
     * What every object of the log begins with.
     *
     * @param epoch in which the work was handed out
     * @param physical the table that is written to
     * @param owner the invocation that writes
     */
    record Place(RunId run, int epoch, TableName table, PhysicalTable physical, Segment segment, String owner) {}

    PageLog(UndoLog log, Place place) {
        this.log = log;
        this.place = place;
    }

    /**
     * Reads what earlier attempts may have written: every attempt at {@code page} and the superseded ones of pages before
     * it, whose records a later scan may have moved to this page, or to one that follows.
     */
    void lookBack(int page) {
        var all = SegmentLog.load(log, place.table(), place.segment());
        var read = new ArrayList<>(all.superseded());
        lookedAt = page;
        attempts = all.attempts(page);
        all.last().stream().filter(ref -> ref.page() == page).map(log::read).forEach(read::add);
        earlier = Logged.byKey(read);
    }

    /** What earlier attempts logged, by target key. */
    Map<Key, Logged> earlier() {
        return earlier;
    }

    /** Of the next attempt at {@code page}. */
    LogBatch.Header header(int page) {
        int attempt =
                1 + (attemptsAt(page).isEmpty() ? 0 : attemptsAt(page).getLast().attempt());
        return new LogBatch.Header(
                LogBatch.FORMAT,
                place.run(),
                place.table(),
                place.physical(),
                new LogBatch.Place(place.segment(), page, attempt),
                new LogBatch.Writer(place.epoch(), place.owner()));
    }

    /** How many objects earlier attempts at {@code page} left. */
    int objects(int page) {
        return attemptsAt(page).stream().mapToInt(LogObject::objects).sum();
    }

    /** Makes entries durable; false if there is another object of this name: somebody else works on the page. */
    boolean append(LogBatch.Header header, List<LogEntry> entries) {
        return log.append(new LogBatch(header, entries));
    }

    private List<LogObject> attemptsAt(int page) {
        return page == lookedAt ? attempts : List.of();
    }
}
