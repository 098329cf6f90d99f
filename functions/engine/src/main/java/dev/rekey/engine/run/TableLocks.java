package dev.rekey.engine.run;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Documents.Versioned;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.Objects.PutOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes and gives back the locks of a run's target tables. */
public final class TableLocks {
    private static final String PREFIX = "locks/";

    private final Documents documents;

    public TableLocks(Documents documents) {
        this.documents = documents;
    }

    /** What became of an attempt to lock tables. */
    public sealed interface LockOutcome {
        record Taken() implements LockOutcome {}

        /** An unfinished run holds {@code table}; nothing was locked. */
        record HeldBy(PhysicalTable table, RunId run, String execution) implements LockOutcome {}
    }

    /** Locks all of {@code tables} for {@code run}, or none. Locks that the run holds already stay its own. */
    public LockOutcome take(RunId run, String execution, Instant now, List<TableShape> tables) {
        var holder = new TableLock.Holder(run, execution, now);
        var sorted = sorted(tables);
        // All at once: a lock that changes before it is taken fails its condition and is read again.
        var found = documents.each(keys(sorted), key -> documents.find(key, TableLock.class));
        var writers = new UnfinishedWriters(documents);
        for (int i = 0; i < sorted.size(); i++) {
            if (takeOne(sorted.get(i), holder, found.get(i), writers) instanceof LockOutcome.HeldBy held) {
                release(run, sorted.subList(0, i));
                return held;
            }
        }
        return new LockOutcome.Taken();
    }

    /** The first of {@code tables} that another unfinished run than {@code run} has locked, to write to it. */
    public Optional<LockOutcome.HeldBy> writtenByAnother(RunId run, List<TableShape> tables) {
        var sorted = sorted(tables);
        var holders = documents.each(
                keys(sorted),
                key -> documents.find(key, TableLock.class).flatMap(lock -> heldByAnother(lock.value(), run)));
        for (int i = 0; i < sorted.size(); i++) {
            if (holders.get(i).isPresent()) {
                return Optional.of(heldBy(sorted.get(i), holders.get(i).get()));
            }
        }
        return Optional.empty();
    }

    /** Gives back those of {@code tables} that {@code run} holds. */
    public void release(RunId run, List<TableShape> tables) {
        var _ = documents.each(
                keys(sorted(tables)),
                key -> documents
                        .find(key, TableLock.class)
                        .filter(lock -> isHeldBy(lock.value(), run))
                        .map(lock -> documents.replace(key, TableLock.free(), lock.version())));
    }

    /** The locks of each run that holds any: only such runs can be paused or unfinished. */
    public SortedMap<RunId, List<ObjectKey>> held() {
        var held = new TreeMap<RunId, List<ObjectKey>>();
        var keys = documents.list(PREFIX);
        var holders = documents.each(
                keys,
                key -> documents
                        .find(key, TableLock.class)
                        .flatMap(lock -> lock.value().holder()));
        for (int i = 0; i < keys.size(); i++) {
            var key = keys.get(i);
            holders.get(i)
                    .ifPresent(holder -> held.computeIfAbsent(holder.run(), _ -> new ArrayList<>())
                            .add(key));
        }
        return held;
    }

    private LockOutcome takeOne(
            TableShape table,
            TableLock.Holder holder,
            Optional<Versioned<TableLock>> first,
            UnfinishedWriters writers) {
        return attempt(table, holder, first, writers)
                .orElseGet(() -> Backoff.untilWon(
                        () -> attempt(table, holder, documents.find(key(table), TableLock.class), writers)));
    }

    /** Empty if somebody else changed the lock since it was {@code found}. */
    private Optional<LockOutcome> attempt(
            TableShape table,
            TableLock.Holder holder,
            Optional<Versioned<TableLock>> found,
            UnfinishedWriters writers) {
        var other = found.isPresent()
                ? heldByAnother(found.get().value(), holder.run()).map(one -> heldBy(table, one))
                : writers.of(table, holder.run());
        if (other.isPresent()) {
            return Optional.of(other.get());
        }
        return write(table, TableLock.heldBy(holder), found) instanceof PutOutcome.Done
                ? Optional.of(new LockOutcome.Taken())
                : Optional.empty();
    }

    private Optional<TableLock.Holder> heldByAnother(TableLock lock, RunId run) {
        return lock.holder().filter(holder -> !holder.run().equals(run)).filter(this::isUnfinished);
    }

    private static LockOutcome.HeldBy heldBy(TableShape table, TableLock.Holder holder) {
        return new LockOutcome.HeldBy(table.table(), holder.run(), holder.execution());
    }

    private PutOutcome write(TableShape table, TableLock lock, Optional<Versioned<TableLock>> found) {
        return found.map(old -> documents.replace(key(table), lock, old.version()))
                .orElseGet(() -> documents.create(key(table), lock));
    }

    /** A run that ended before it gave its lock back holds it no more. */
    private boolean isUnfinished(TableLock.Holder holder) {
        return documents
                .find(new RunFolder(holder.run()).control(), Control.class)
                .map(control -> control.value().phase().isUnfinished())
                .orElse(true);
    }

    private static boolean isHeldBy(TableLock lock, RunId run) {
        return lock.holder().filter(holder -> holder.run().equals(run)).isPresent();
    }

    /** Everybody takes locks in the same order, so that two runs never wait for each other. */
    private static List<TableShape> sorted(List<TableShape> tables) {
        return tables.stream()
                .sorted(Comparator.comparing(table -> key(table).name()))
                .toList();
    }

    private static List<ObjectKey> keys(List<TableShape> tables) {
        return tables.stream().map(TableLocks::key).toList();
    }

    static ObjectKey key(TableShape table) {
        return new ObjectKey(PREFIX + table.account() + "/" + table.region() + "/"
                + table.table().name() + ".json");
    }

    /**
     * Who may write to a physical table. The object stays when the lock is free, so that it is only ever replaced.
     *
     * @param format 1
     * @param holder empty when the table is free
     */
    record TableLock(int format, Optional<Holder> holder) {
        /** A run that holds a lock, and the execution that took it. */
        record Holder(RunId run, String execution, Instant takenAt) {}

        static TableLock heldBy(Holder holder) {
            return new TableLock(1, Optional.of(holder));
        }

        static TableLock free() {
            return new TableLock(1, Optional.empty());
        }
    }
}
