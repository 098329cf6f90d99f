package dev.rekey.engine.log;

import dev.rekey.core.item.Key;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Segment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The log of a segment as a rollback goes through it: its pages, last first, then what only superseded attempts logged. */
public record LoggedPages(UndoLog log, TableName table, SegmentLog segmentLog) {
    /**
     * Of the records of one table.
     *
     * @param unit the table whose log they are in
     */
    public static LoggedPages of(UndoLog log, TableName unit, TableName table, Segment segment) {
        return new LoggedPages(log, table, SegmentLog.load(log, unit, segment));
    }

    /** The records of every page. */
    public Stream<Map<Key, Logged>> all() {
        return IntStream.rangeClosed(0, rest()).mapToObj(page -> records(batch(page)));
    }

    /** The number of the page that is none: the rest. */
    public int rest() {
        return segmentLog.last().size();
    }

    /** The last attempt at a page; empty for the rest. */
    public Optional<LogBatch> batch(int page) {
        return page >= rest()
                ? Optional.empty()
                : Optional.of(log.read(segmentLog.last().get(rest() - 1 - page)));
    }

    /** What all attempts together logged of the records of a page, or of the rest. */
    public Map<Key, Logged> records(Optional<LogBatch> batch) {
        var all = batch.map(this::lastAttempt).orElseGet(this::onlySuperseded);
        all.values().removeIf(logged -> !logged.isOf(table));
        return all;
    }

    private Map<Key, Logged> lastAttempt(LogBatch batch) {
        var logged = Logged.byKey(List.of(batch));
        var superseded = segmentLog.supersededByNewKey();
        logged.replaceAll(
                (key, last) -> superseded.containsKey(key) ? superseded.get(key).and(last) : last);
        return logged;
    }

    /**
     * Records that were written and that no later attempt met again; what was met again is undone already, or found to be
     * somebody else's.
     */
    private Map<Key, Logged> onlySuperseded() {
        var rest = segmentLog.supersededByNewKey();
        for (var ref : segmentLog.last()) {
            if (rest.isEmpty()) {
                break;
            }
            var last = log.read(ref);
            rest.keySet().removeAll(Logged.byKey(List.of(last)).keySet());
            Logged.disclaim(rest, last);
        }
        return rest;
    }
}
