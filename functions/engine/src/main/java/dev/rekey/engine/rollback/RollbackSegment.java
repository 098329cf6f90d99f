package dev.rekey.engine.rollback;

import dev.rekey.engine.checkpoint.Checkpoint;
import dev.rekey.engine.checkpoint.PageOutcome;
import dev.rekey.engine.checkpoint.SegmentWork.PageStep;
import dev.rekey.engine.copy.TargetReader;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.plan.TableName;
import dev.rekey.engine.record.TypedJson;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.table.Key;
import dev.rekey.engine.table.TableShape;
import dev.rekey.engine.turn.Turn;
import dev.rekey.engine.undo.Logged;
import dev.rekey.engine.undo.PageLog;
import dev.rekey.engine.undo.SegmentLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Undoes the page objects of one segment, then what only superseded attempts logged. */
public final class RollbackSegment implements PageStep {
    private final TableName table;
    private final Segment segment;
    private final TableShape target;
    private final Tables tables;
    private final PageLog log;
    private final Documents documents;
    private final RunFolder folder;
    private final Turn turn;
    private final IntSupplier pageRecords;
    private Optional<SegmentLog> loaded = Optional.empty();

    /** What is to be undone. */
    public record Work(RunFolder folder, TableName table, Segment segment, TableShape target) {}

    /** Undoes whole pages of the log. */
    public RollbackSegment(Work work, Tables tables, Documents documents, Turn turn) {
        this(work, tables, documents, turn, () -> 0);
    }

    /** @param pageRecords how many records to undo as one page; 0 for as many as a page of the log has */
    public RollbackSegment(Work work, Tables tables, Documents documents, Turn turn, IntSupplier pageRecords) {
        this.table = work.table();
        this.segment = work.segment();
        this.target = work.target();
        this.folder = work.folder();
        this.tables = tables;
        this.documents = documents;
        this.log = new PageLog(documents, folder);
        this.turn = turn;
        this.pageRecords = pageRecords;
    }

    /** The pages of the log, last first; one more than there are is the rest. */
    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        var segmentLog = segmentLog();
        int pages = segmentLog.last().size();
        var position = LogPosition.of(at.cursor());
        boolean rest = position.page() >= pages;
        var all = rest ? onlySuperseded(segmentLog) : lastAttempt(segmentLog, pages - 1 - position.page());
        var logged = position.part(all, pageRecords.getAsInt());
        var undone = undo(logged);
        keepDrift(at.page(), undone);
        var counts = new HashMap<String, Long>();
        undone.values().forEach(one -> counts.merge(one.word(), 1L, Long::sum));
        return new PageOutcome.Advanced(position.after(logged.size(), all.size(), rest), counts);
    }

    private SegmentLog segmentLog() {
        if (loaded.isEmpty()) {
            loaded = Optional.of(SegmentLog.load(log, table, segment));
        }
        return loaded.get();
    }

    private Map<Key, Logged> lastAttempt(SegmentLog segmentLog, int index) {
        var logged = Logged.byKey(List.of(log.read(segmentLog.last().get(index))));
        var superseded = segmentLog.supersededByNewKey();
        logged.replaceAll(
                (key, last) -> superseded.containsKey(key) ? superseded.get(key).and(last) : last);
        return logged;
    }

    /** Records that were written and that no later attempt met again; what was met again is undone already. */
    private Map<Key, Logged> onlySuperseded(SegmentLog segmentLog) {
        var rest = segmentLog.supersededByNewKey();
        for (var ref : segmentLog.last()) {
            if (rest.isEmpty()) {
                break;
            }
            rest.keySet().removeAll(Logged.byKey(List.of(log.read(ref))).keySet());
        }
        return rest;
    }

    private Map<Key, Undone> undo(Map<Key, Logged> logged) {
        var found = new TargetReader(tables, target, turn).read(logged.keySet());
        var undo = new RecordUndo(tables, target, turn);
        var keys = new ArrayList<>(logged.keySet());
        var work = keys.stream()
                .<Supplier<Undone>>map(
                        key -> () -> undo.undo(key, logged.get(key), Optional.ofNullable(found.get(key))))
                .toList();
        var results = turn.concurrency().all(work, Turn.REQUESTS_AT_ONCE);
        var undone = new HashMap<Key, Undone>();
        for (int i = 0; i < keys.size(); i++) {
            undone.put(keys.get(i), results.get(i));
        }
        return undone;
    }

    private void keepDrift(int page, Map<Key, Undone> undone) {
        var drift = undone.entrySet().stream()
                .filter(one -> one.getValue() == Undone.DRIFT)
                .map(one -> TypedJson.text(one.getKey().attributes()))
                .sorted()
                .toList();
        if (!drift.isEmpty()) {
            documents.put(folder.key("drift/%s/%s-%08d.json".formatted(table, segment.folder(), page)), drift);
        }
    }
}
