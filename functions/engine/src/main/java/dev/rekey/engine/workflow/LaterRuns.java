package dev.rekey.engine.workflow;

import dev.rekey.core.item.Key;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunIds;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.undo.LogEntry;
import dev.rekey.engine.undo.UndoLog;
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
     * The first run after that of {@code manifest} that wrote a record which that run had written, and is not rolled back.
     * Asked once more, it reads only runs that had not ended or were not there the first time.
     *
     * @throws dev.rekey.engine.store.StoreException of kind MISSING if an object of the undo log of one of the runs is gone
     */
    Optional<RunId> firstThatWroteTheSame(Manifest manifest) {
        var keys = new HashMap<TableName, Set<Key>>();
        return writersAfter(manifest)
                .filter(later -> !disjoint.contains(later.run()))
                .filter(later -> overlaps(manifest, later, keys))
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

    private Stream<Manifest> writersAfter(Manifest manifest) {
        return new RunIds(documents)
                .after(manifest.run())
                .flatMap(run -> documents.find(new RunFolder(run).manifest(), Manifest.class).stream())
                .map(Documents.Versioned::value)
                .filter(this::mayHaveWritten);
    }

    private boolean overlaps(Manifest manifest, Manifest later, Map<TableName, Set<Key>> keys) {
        // Before its log is read, which may grow until then.
        boolean hasEnded = phase(later).filter(phase -> !phase.isUnfinished()).isPresent();
        for (var mine : manifest.units()) {
            var shape = manifest.table(mine).target();
            for (var other : later.units()) {
                if (later.table(other).target().isSameTableAs(shape)) {
                    var ours = keys.computeIfAbsent(mine, table -> keysOf(manifest, table));
                    if (written(later, other).anyMatch(entry -> ours.contains(entry.key()))) {
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

    private Set<Key> keysOf(Manifest manifest, TableName table) {
        var all = new HashSet<Key>();
        written(manifest, table).forEach(entry -> all.add(entry.key()));
        return all;
    }

    /** What was identical before a run came, or was skipped, is none of its own. */
    private Stream<LogEntry> written(Manifest manifest, TableName table) {
        var log = new UndoLog(documents, new RunFolder(manifest.run()));
        return Segment.all(manifest.table(table).allSegments()).stream()
                .flatMap(segment -> log.objects(table, segment).stream())
                .flatMap(ref -> log.read(ref).entries().stream())
                .filter(entry -> entry.operation().writes());
    }

    private boolean mayHaveWritten(Manifest manifest) {
        return phase(manifest).filter(Phase::mayHaveWritten).isPresent();
    }

    private Optional<Phase> phase(Manifest manifest) {
        return documents
                .find(new RunFolder(manifest.run()).control(), Control.class)
                .map(control -> control.value().phase());
    }
}
