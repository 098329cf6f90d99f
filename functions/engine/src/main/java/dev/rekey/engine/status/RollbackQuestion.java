package dev.rekey.engine.status;

import dev.rekey.core.item.Wording;
import dev.rekey.core.plan.TableName;
import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.segment.Tally;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.workflow.UndoLists;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What a rollback would do, shown before it is confirmed. */
public final class RollbackQuestion {
    /** Whether later runs list the same records is looked for here only if that takes no time. */
    private static final long FEW_RECORDS = 100_000;

    private static final List<Counted> WRITTEN =
            List.of(Counted.CREATED, Counted.REPLACED, Counted.UPDATED, Counted.DELETED);

    /** What a rollback counts of records that a later one does not look at again. */
    private static final List<Counted> PASSED = List.of(Counted.RESTORED, Counted.UNCHANGED);

    private final Documents documents;
    private final KnownRun run;
    private final Undoing undoing;
    private final Tally written;
    private final Map<TableName, Long> undoneInPart = new HashMap<>();

    public RollbackQuestion(Documents documents, KnownRun run, Undoing undoing) {
        this.documents = documents;
        this.run = run;
        this.undoing = undoing;
        this.written = Tally.of(documents, folder(), Stage.COPY);
    }

    /** @throws RunRefusal if the rollback would be refused, as far as that can be told quickly */
    public void refuse() {
        control()
                .flatMap(control -> lists().flatMap(lists -> whyNot(lists, control)))
                .ifPresent(reason -> {
                    throw RunRefusal.byWorkflow(reason);
                });
    }

    /** Whether there is nothing of this to roll back in the run, as far as that is known here. */
    public boolean isIdle() {
        return control()
                .filter(control -> lists().flatMap(lists -> allowed(() -> lists.hasNothingOf(undoing, control)))
                        .orElse(false))
                .isPresent();
    }

    private Optional<String> whyNot(UndoLists lists, Control control) {
        long records = WRITTEN.stream().mapToLong(written::total).sum();
        boolean few = records <= FEW_RECORDS;
        return lists.nothingToUndo(control, undoing.drift())
                .or(() -> lists.whyNot(undoing, control))
                .or(() -> few ? allowed(() -> lists.laterRun(undoing)).flatMap(found -> found) : Optional.empty());
    }

    /** Who may not see what the log holds is not told what it says: the workflow looks itself. */
    private static <T> Optional<T> allowed(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.DENIED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The tables, and how many records of each. */
    public List<String> lines() {
        var manifest = run.manifest();
        var lines = new ArrayList<String>();
        lines.add("This rolls back what run " + run.id() + " (" + manifest.action() + " of plan "
                + manifest.plan().value() + ", started " + manifest.startedAt() + ") wrote:");
        var counted = counted();
        counted.forEach(line -> lines.add("  " + line));
        if (counted.isEmpty()) {
            lines.add("  no known records");
        } else if (control().filter(found -> found.phase().isUnfinished()).isPresent()) {
            lines.add("The run has not ended, so there may be more records.");
        }
        values(undoing)
                .map(values -> "Of these, only records that had " + values
                        + " before the run are restored. The rest of the run stays migrated.")
                .ifPresent(lines::add);
        lines.add(
                switch (undoing.drift()) {
                    case KEEP -> "Records that others changed or deleted since are kept.";
                    case OVERWRITE ->
                        "Records that others changed since are restored too: their changes are lost." + deleted();
                });
        limit().ifPresent(lines::add);
        if (undoing.exclusive()) {
            lines.add(
                    "You assert that nobody else writes to these tables until the rollback ends: what is written in the meantime may be lost.");
        }
        return lines;
    }

    /** The values that records must have had; empty if it is about all. */
    public static Optional<String> values(Undoing undoing) {
        return Optional.of(undoing.where().entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .collect(Collectors.joining(" and ")))
                .filter(values -> !values.isEmpty());
    }

    /** What becomes of the limit that the run had; empty if there is none. */
    private Optional<String> limit() {
        return control()
                .flatMap(control -> control.limits().writeUnitsPerSecond())
                .map(units -> "The limit of " + Wording.count(units, "write unit") + " per second "
                        + (undoing.keepLimit()
                                ? "stays."
                                : "is lifted, so that the rollback is fast; --keep-limit keeps it."));
    }

    /** A line for each table of which records would be rolled back. */
    public List<String> counted() {
        return control()
                .flatMap(control -> lists().map(lists -> counted(lists, control)))
                .orElseGet(() -> counted(run.manifest().tables().keySet(), _ -> Optional.empty()));
    }

    private List<String> counted(UndoLists lists, Control control) {
        var last = control.undoing();
        var tables = new TreeSet<>(lists.tables(undoing));
        tables.removeAll(lists.following(control, undoing).undone());
        var passed = lists.undone(last);
        return counted(
                tables, table -> Optional.of(table).filter(passed::contains).map(one -> lists.left(last, one)));
    }

    /** @param left how many records the last rollback left alone, if it has gone through the table */
    private List<String> counted(Set<TableName> tables, Function<TableName, Optional<Long>> left) {
        var lines = new ArrayList<String>();
        for (var table : new TreeSet<>(tables)) {
            var records = left.apply(table);
            if (records.orElseGet(() -> sum(table)) > 0) {
                lines.add(
                        records.map(some -> run.manifest().table(table).target().table() + ": "
                                        + Wording.count(some, "record") + " that an earlier rollback kept")
                                .orElseGet(() -> line(table)));
            }
        }
        return lines;
    }

    private String line(TableName table) {
        long deleted = count(table, Counted.CREATED);
        long restored = count(table, Counted.REPLACED) + count(table, Counted.UPDATED) + count(table, Counted.DELETED);
        var name = run.manifest().table(table).target().table() + ": ";
        if (deleted == 0) {
            return name + Wording.count(restored, "record") + " to restore";
        }
        return name + Wording.count(deleted, "record") + " to delete"
                + (restored == 0 ? "" : ", " + Wording.count(restored) + " to restore");
    }

    private long sum(TableName table) {
        return WRITTEN.stream().mapToLong(what -> count(table, what)).sum();
    }

    private long count(TableName table, Counted what) {
        return what == Counted.UPDATED
                ? Math.max(0, what.in(written.counts(table)) - undoneInPart(table))
                : what.in(written.counts(table));
    }

    /** Records that rollbacks of parts have passed. Parts that overlap may count a record twice. */
    private long undoneInPart(TableName table) {
        return undoneInPart.computeIfAbsent(
                table,
                name -> control().stream()
                        .flatMap(control -> control.undoing().parts().stream())
                        .filter(part -> !part.where().isEmpty() && part.includes(name))
                        .map(part -> Stage.undoing(part.where()))
                        .distinct()
                        .map(stage -> Tally.of(documents, folder(), stage).counts(name))
                        .mapToLong(counts -> PASSED.stream()
                                .mapToLong(what -> what.in(counts))
                                .sum())
                        .sum());
    }

    /** What becomes of records that others deleted. */
    private String deleted() {
        boolean copies = written.total(Counted.CREATED) + written.total(Counted.REPLACED) > 0;
        if (written.total(Counted.UPDATED) == 0) {
            return " So are records that others deleted.";
        }
        return copies
                ? " So are copied records that others deleted; records that were changed in place and deleted cannot be"
                        + " restored."
                : " Records that others deleted cannot be restored.";
    }

    private Optional<Control> control() {
        return documents.find(folder().control(), Control.class).map(Documents.Versioned::value);
    }

    private Optional<UndoLists> lists() {
        return documents
                .bytes(folder().planAsWritten())
                .map(plan -> PlanReader.read(
                        new String(plan.content(), StandardCharsets.UTF_8),
                        run.manifest().options().parameters()))
                .flatMap(reading -> switch (reading) {
                    case PlanReading.Valid valid -> Optional.of(new UndoLists(documents, run.manifest(), valid.plan()));
                    // The workflow says what to do about it.
                    case PlanReading.Invalid _ -> Optional.empty();
                });
    }

    private RunFolder folder() {
        return new RunFolder(run.id());
    }
}
