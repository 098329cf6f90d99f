package dev.rekey.engine.undo;

import dev.rekey.core.item.Key;
import dev.rekey.engine.log.LogPosition;
import dev.rekey.engine.log.Logged;
import dev.rekey.engine.log.LoggedPages;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.PageOutcome;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Tables;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Compares what stands in a table after a rollback with what stood there before the run, as the log of one segment says. It
 * goes through the log as the rollback did, and writes to no table.
 */
public final class VerifyUndoneSegment implements PageStep {
    private final RollbackSegment.Work work;
    private final RunId task;
    private final KeyReader reader;
    private final Documents documents;
    private final Invocation invocation;
    private final IntSupplier pageRecords;
    private final KeyLists lists;
    private final ToUndo toUndo;
    private Optional<LoggedPages> loaded = Optional.empty();
    private Optional<Set<String>> kept = Optional.empty();

    /**
     * @param task the execution that rolled back, and compares now
     * @param pageRecords how many records to compare as one page; 0 for as many as a page of the log has
     */
    public VerifyUndoneSegment(
            RollbackSegment.Work work,
            RunId task,
            Tables tables,
            Documents documents,
            Invocation invocation,
            IntSupplier pageRecords) {
        this.work = work;
        this.task = task;
        this.reader = new KeyReader(tables, work.target(), invocation);
        this.documents = documents;
        this.invocation = invocation;
        this.pageRecords = pageRecords;
        this.lists = KeyLists.of(documents, work, work.undoing().stage());
        this.toUndo = new ToUndo(documents, work);
    }

    /** What comparisons found different lies under names that begin so. */
    static final String DIFFERENT = "different/";

    /** What the comparisons of one execution found different lies under this name. */
    public static String listName(RunId task) {
        return DIFFERENT + task;
    }

    @Override
    public PageOutcome page(Checkpoint at, boolean redone) {
        var pages = pages();
        var position = LogPosition.of(at.cursor());
        boolean rest = position.page() >= pages.rest();
        var all = toUndo.of(position.page(), pages.records(pages.batch(position.page())));
        var logged = position.part(all, pageRecords.getAsInt());
        var found = reader.read(logged.keySet());
        var counts = new EnumMap<Counted, Long>(Counted.class);
        var different = new TreeSet<String>();
        logged.forEach((key, one) -> {
            var verdict = verdict(key, one, Optional.ofNullable(found.get(key)));
            counts.merge(verdict, 1L, Long::sum);
            if (verdict == Counted.DIFFERENT) {
                different.add(KeyLists.text(key));
            }
        });
        list(at.page(), different, redone);
        return new PageOutcome.Advanced(position.after(logged.size(), all.size(), rest), counts);
    }

    private Counted verdict(Key key, Logged logged, Optional<Map<String, AttributeValue>> found) {
        var now = invocation.time().instant();
        return RecordUndo.withoutWriting(logged, found, Drift.KEEP, now)
                .map(settled -> settled == Undone.UNCHANGED ? Counted.RESTORED : byOthers(key))
                .orElseGet(() -> found.isEmpty() ? Counted.DRIFT : notUndone(key));
    }

    /** Something is left of what the run wrote, and has not expired. What was created stays where others refer to it. */
    private Counted notUndone(Key key) {
        return isStillReferred(key) ? Counted.REFERRED : Counted.DIFFERENT;
    }

    private boolean isStillReferred(Key key) {
        return work.table().isCreated() && kept().contains(KeyLists.text(key));
    }

    /** Where nothing else writes, only what the rollback itself kept can be others' work. */
    private Counted byOthers(Key key) {
        return work.undoing().exclusive() && !kept().contains(KeyLists.text(key)) ? Counted.DIFFERENT : Counted.DRIFT;
    }

    private Set<String> kept() {
        if (kept.isEmpty()) {
            var all = new HashSet<>(lists.all(KeyLists.DRIFT));
            all.removeAll(lists.allDifferent());
            kept = Optional.of(all);
        }
        return kept.get();
    }

    private LoggedPages pages() {
        if (loaded.isEmpty()) {
            loaded = Optional.of(
                    LoggedPages.of(new UndoLog(documents, work.folder()), work.unit(), work.table(), work.segment()));
        }
        return loaded.get();
    }

    /** Also with what the rollback kept: so a later rollback looks at these records again. */
    private void list(int page, Set<String> different, boolean redone) {
        if (redone || !different.isEmpty()) {
            lists.put(listName(task), page, different);
            lists.add(KeyLists.DRIFT, page, different);
            if (work.undoing().drift() == Drift.OVERWRITE) {
                lists.add(KeyLists.UNRESTORED, page, different);
            }
        }
    }
}
