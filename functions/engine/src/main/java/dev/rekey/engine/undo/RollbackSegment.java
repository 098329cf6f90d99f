package dev.rekey.engine.undo;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.LogBatch;
import dev.rekey.engine.log.LogPosition;
import dev.rekey.engine.log.Logged;
import dev.rekey.engine.log.LoggedPages;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.PageOutcome;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.LostAnswers;
import dev.rekey.engine.store.Tables;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Undoes the log of one segment, batch by batch, then what only superseded attempts logged. */
public final class RollbackSegment implements PageStep {
    private final TableName table;
    private final TableName unit;
    private final Segment segment;
    private final KeyLists lists;
    private final TableShape target;
    private final Tables tables;
    private final Predicate<Key> stays;
    private final UndoLog log;
    private final Documents documents;
    private final RunFolder folder;
    private final Undoing undoing;
    private final Invocation invocation;
    private final IntSupplier pageRecords;
    private Optional<LoggedPages> loaded = Optional.empty();
    private final ToUndo toUndo;

    /**
     * What is to be undone.
     *
     * @param unit the table whose log holds the table's records
     */
    public record Work(
            RunFolder folder, TableName table, TableName unit, Segment segment, TableShape target, Undoing undoing) {}

    /**
     * @param stays whether others refer to the record that the run has created under a key
     * @param pageRecords how many records to undo as one page; 0 for as many as a page of the log has
     */
    public RollbackSegment(
            Work work,
            Tables tables,
            Predicate<Key> stays,
            Documents documents,
            Invocation invocation,
            IntSupplier pageRecords) {
        this.stays = stays;
        this.table = work.table();
        this.unit = work.unit();
        this.segment = work.segment();
        this.lists = KeyLists.of(documents, work, work.undoing().stage());
        this.target = work.target();
        this.folder = work.folder();
        this.undoing = work.undoing();
        this.tables = tables;
        this.documents = documents;
        this.log = new UndoLog(documents, folder);
        this.toUndo = new ToUndo(documents, work);
        this.invocation = invocation;
        this.pageRecords = pageRecords;
    }

    /** The pages of the log, last first; one more than there are is the rest. */
    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        var pages = pages();
        var position = LogPosition.of(at.cursor());
        boolean rest = position.page() >= pages.rest();
        var last = pages.batch(position.page());
        var all = toUndo.of(position.page(), pages.records(last));
        var part = position.part(all, pageRecords.getAsInt());
        var logged = new HashMap<>(part);
        var found = new KeyReader(tables, target, invocation).read(logged.keySet());
        var vanished =
                last.map(batch -> vanished(at, redone, batch, logged, found)).orElse(Set.of());
        // Before ours are deleted: afterwards it would be unknown who did it.
        list(KeyLists.DRIFT, at.page(), vanished);
        var referred = referred(logged, found);
        logged.keySet().removeAll(referred);
        var undone = undo(at.page(), logged, found);
        referred.forEach(key -> undone.put(key, Undone.REFERRED));
        undone.replaceAll((key, one) -> one == Undone.UNCHANGED && vanished.contains(key) ? Undone.DRIFT : one);
        var kept = with(Undone.DRIFT, undone);
        kept.addAll(referred);
        list(KeyLists.DRIFT, at.page(), kept);
        listUnrestored(at.page(), kept, redone);
        var counts = new EnumMap<Counted, Long>(Counted.class);
        undone.values().forEach(one -> counts.merge(one.counted(), 1L, Long::sum));
        return new PageOutcome.Advanced(position.after(part.size(), all.size(), rest), counts);
    }

    /** Records that the run has created, that would be deleted, and that others refer to. */
    private Set<Key> referred(Map<Key, Logged> logged, Map<Key, Map<String, AttributeValue>> found) {
        return logged.keySet().stream()
                .filter(key -> found.containsKey(key) && stays.test(key))
                .filter(key -> logged.get(key).operation() instanceof Operation.Create)
                .filter(key -> undoing.drift() == Drift.OVERWRITE
                        || RecordUndo.withoutWriting(
                                        logged.get(key),
                                        Optional.of(found.get(key)),
                                        Drift.KEEP,
                                        invocation.time().instant())
                                .isEmpty())
                .collect(Collectors.toSet());
    }

    private LoggedPages pages() {
        if (loaded.isEmpty()) {
            loaded = Optional.of(LoggedPages.of(log, unit, table, segment));
        }
        return loaded.get();
    }

    /** Records of ours that somebody else deleted. */
    private Set<Key> vanished(
            Checkpoint at,
            boolean redone,
            LogBatch batch,
            Map<Key, Logged> logged,
            Map<Key, Map<String, AttributeValue>> found) {
        if (undoing.drift() != Drift.KEEP) {
            return Set.of();
        }
        var absent = logged.keySet().stream()
                .filter(key -> !found.containsKey(key) && logged.get(key).operation() instanceof Operation.Create)
                .collect(Collectors.toSet());
        if (Vanished.isFirstAttempt(at, redone)) {
            return new Vanished(
                            documents,
                            folder,
                            new Vanished.Place(table, unit, segment, undoing),
                            invocation.time().instant())
                    .among(batch, absent);
        }
        var listed = absent.isEmpty() ? Set.<String>of() : lists.listed(KeyLists.DRIFT, at.page());
        absent.removeIf(key -> !listed.contains(KeyLists.text(key)));
        return absent;
    }

    private Map<Key, Undone> undo(int page, Map<Key, Logged> logged, Map<Key, Map<String, AttributeValue>> found) {
        var listed = new HashSet<Key>();
        if (undoing.drift() == Drift.OVERWRITE) {
            logged.forEach((key, one) -> {
                var current = Optional.ofNullable(found.get(key));
                if (RecordUndo.isDrift(one, current, invocation.time().instant())
                        && RecordUndo.canRestore(one, current)) {
                    listed.add(key);
                }
            });
            // Before they are overwritten: afterwards it would be unknown.
            list(KeyLists.OVERWRITTEN, page, listed);
        }
        var undone = undo(logged, found);
        var overwritten = with(Undone.OVERWRITTEN, undone);
        if (!listed.containsAll(overwritten)) {
            list(KeyLists.OVERWRITTEN, page, overwritten);
        }
        return undone;
    }

    private Map<Key, Undone> undo(Map<Key, Logged> logged, Map<Key, Map<String, AttributeValue>> found) {
        var lost = new LostAnswers();
        // Attributes cannot be restored in batches. What is created is little, and mostly in tables that others use.
        boolean inPlace = logged.values().stream().anyMatch(one -> one.operation() instanceof Operation.Update);
        return undoing.exclusive() && !inPlace && !table.isCreated()
                ? new ExclusiveUndo(tables, target, undoing.drift(), lost, invocation).undo(logged, found)
                : oneByOne(logged, found, lost);
    }

    private Map<Key, Undone> oneByOne(
            Map<Key, Logged> logged, Map<Key, Map<String, AttributeValue>> found, LostAnswers lost) {
        var undo = new RecordUndo(tables, target, undoing.drift(), lost, invocation);
        var keys = new ArrayList<>(logged.keySet());
        var work = keys.stream()
                .<Supplier<Undone>>map(
                        key -> () -> undo.undo(key, logged.get(key), Optional.ofNullable(found.get(key))))
                .toList();
        var results = lost.guard(() -> invocation.concurrency().all(work, Invocation.REQUESTS_AT_ONCE));
        var undone = new HashMap<Key, Undone>();
        for (int i = 0; i < keys.size(); i++) {
            undone.put(keys.get(i), results.get(i));
        }
        return undone;
    }

    private static Set<Key> with(Undone what, Map<Key, Undone> undone) {
        return undone.entrySet().stream()
                .filter(one -> one.getValue() == what)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Adds {@code keys} to a list of this page, which an earlier attempt may have begun. */
    private void list(String name, int page, Set<Key> keys) {
        if (!keys.isEmpty()) {
            lists.add(name, page, KeyLists.texts(keys));
        }
    }

    /** What could not be overwritten either. Only the last attempt knows: a record may come back, or go, between two. */
    private void listUnrestored(int page, Set<Key> keys, boolean redone) {
        if (undoing.drift() == Drift.OVERWRITE && (redone || !keys.isEmpty())) {
            lists.put(KeyLists.UNRESTORED, page, KeyLists.texts(keys));
        }
    }
}
