package dev.rekey.engine.workflow;

import dev.rekey.core.item.Key;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.Logged;
import dev.rekey.engine.log.LoggedPages;
import dev.rekey.engine.log.LoggedScope;
import dev.rekey.engine.log.RolledBackParts;
import dev.rekey.engine.log.UndoLog;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunIds;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.undo.StandingWrites;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds runs that came after another and wrote to the same tables. */
final class LaterRuns {
    private final Documents documents;
    private final Set<RunId> disjoint = new HashSet<>();

    LaterRuns(Documents documents) {
        this.documents = documents;
    }

    /**
     * The part of a run that is asked about.
     *
     * @param tables of the plan
     * @param where the values that attributes must have had before the run, as text; empty for all records
     */
    record Part(Manifest manifest, Set<TableName> tables, Map<String, String> where) {
        boolean isEverything() {
            return where.isEmpty() && tables.containsAll(manifest.tables().keySet());
        }
    }

    /**
     * The first run after that of {@code part} that wrote a record which that run had written in the part, and is not rolled
     * back. Asked once more about the same, it reads only runs that had not ended or were not there the first time.
     *
     * @throws dev.rekey.engine.store.StoreException of kind MISSING if an object of the undo log of one of the runs is gone
     */
    Optional<RunId> firstThatWroteTheSame(Part part) {
        var keys = new HashMap<TableName, Set<Key>>();
        return writersAfter(part.manifest())
                .filter(later -> !disjoint.contains(later.run()))
                .filter(later -> overlaps(part, later, keys))
                .map(Manifest::run)
                .findFirst();
    }

    /** The first run after that of {@code manifest} that may have written to one of its tables and is not rolled back. */
    Optional<RunId> firstThatWrote(Manifest manifest) {
        return writersAfter(manifest)
                .filter(later -> PreparePlan.targets(later).stream()
                        .anyMatch(
                                other -> PreparePlan.targets(manifest).stream().anyMatch(other::isSameTableAs)))
                .map(Manifest::run)
                .findFirst();
    }

    /** The runs after that of {@code manifest} that may have written and are not rolled back. */
    Stream<Manifest> writersAfter(Manifest manifest) {
        return documents.each(new RunIds(documents).after(manifest.run()), this::writer).stream()
                .flatMap(Optional::stream);
    }

    /** A run that only read has a manifest too, and that is much larger than what tells the two apart. */
    private Optional<Manifest> writer(RunId run) {
        return phase(run)
                .filter(Phase::mayHaveWritten)
                .flatMap(_ -> documents.find(new RunFolder(run).manifest(), Manifest.class))
                .map(Documents.Versioned::value);
    }

    private boolean overlaps(Part part, Manifest later, Map<TableName, Set<Key>> keys) {
        var manifest = part.manifest();
        // Before its log is read, which may grow until then.
        boolean hasEnded =
                phase(later.run()).filter(phase -> !phase.isUnfinished()).isPresent();
        for (var mine : manifest.units()) {
            var shape = manifest.table(mine).target();
            for (var other : later.units()) {
                if (later.table(other).target().isSameTableAs(shape)) {
                    var ours = keys.computeIfAbsent(mine, unit -> keysOf(part, unit));
                    if (!ours.isEmpty() && standing(later, other, hasEnded).anyMatch(ours::contains)) {
                        return true;
                    }
                }
            }
        }
        if (hasEnded) {
            disjoint.add(later.run());
        }
        return false;
    }

    private Set<Key> keysOf(Part part, TableName unit) {
        var all = new HashSet<Key>();
        if (part.isEverything()) {
            written(part.manifest(), unit).forEach(entry -> all.add(entry.key()));
        } else {
            undone(part, unit).forEach(page -> all.addAll(page.keySet()));
        }
        return all;
    }

    /** What a run has written that no rollback of a part has taken back: while one works, that is not known. */
    private Stream<Key> standing(Manifest run, TableName unit, boolean hasEnded) {
        var parts = RolledBackParts.of(documents, new RunFolder(run.run()));
        if (!hasEnded || run.sharing(unit).stream().noneMatch(parts::includeSome)) {
            return written(run, unit).map(LogEntry::key);
        }
        var standing = new StandingWrites(documents, run, control(run.run()).undoing());
        return run.sharing(unit).stream()
                .flatMap(standing::of)
                .flatMap(page -> page.entrySet().stream())
                .filter(one -> one.getValue().operation().writes())
                .map(Map.Entry::getKey);
    }

    private Control control(RunId run) {
        return documents.get(new RunFolder(run).control(), Control.class).value();
    }

    /** What a rollback of the part would look at, page by page, judged as it judges. */
    private Stream<Map<Key, Logged>> undone(Part part, TableName unit) {
        var scope = LoggedScope.of(part.where());
        return part.manifest().sharing(unit).stream()
                .filter(part.tables()::contains)
                .flatMap(table -> pages(part.manifest(), unit, table))
                .map(scope::only);
    }

    private Stream<Map<Key, Logged>> pages(Manifest run, TableName unit, TableName table) {
        var log = new UndoLog(documents, new RunFolder(run.run()));
        return Segment.all(run.table(unit).allSegments()).stream()
                .flatMap(segment -> LoggedPages.of(log, unit, table, segment).all());
    }

    /** What was identical before a run came, or was skipped, is none of its own. */
    private Stream<LogEntry> written(Manifest manifest, TableName table) {
        var log = new UndoLog(documents, new RunFolder(manifest.run()));
        return Segment.all(manifest.table(table).allSegments()).stream()
                .flatMap(segment -> log.objects(table, segment).stream())
                .flatMap(ref -> log.read(ref).entries().stream())
                .filter(entry -> entry.operation().writes());
    }

    private Optional<Phase> phase(RunId run) {
        return documents
                .find(new RunFolder(run).control(), Control.class)
                .map(control -> control.value().phase());
    }
}
