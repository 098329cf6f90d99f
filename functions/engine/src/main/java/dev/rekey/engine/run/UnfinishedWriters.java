package dev.rekey.engine.run;

import dev.rekey.core.item.TableShape;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.TableLocks.LockOutcome.HeldBy;
import dev.rekey.engine.store.Documents;
import java.util.List;
import java.util.Optional;

/**
 * Finds runs that have written and not ended by their own objects. Locks are never deleted: a table without one was never
 * written to, or its lock is lost, and with it what kept others from the table.
 */
final class UnfinishedWriters {
    private final Documents documents;
    private Optional<List<Writer>> found = Optional.empty();

    private record Writer(Manifest manifest, Control control) {
        boolean writes(TableShape table) {
            return manifest.tables().values().stream()
                    .map(TableOfRun::target)
                    .anyMatch(target -> TableLocks.key(target).equals(TableLocks.key(table)));
        }
    }

    UnfinishedWriters(Documents documents) {
        this.documents = documents;
    }

    /** Another run than {@code run} that may have left {@code table} half written; empty if there is none. */
    Optional<HeldBy> of(TableShape table, RunId run) {
        if (found.isEmpty()) {
            found = Optional.of(find());
        }
        return found.get().stream()
                .filter(writer -> !writer.manifest().run().equals(run) && writer.writes(table))
                .findFirst()
                .map(writer -> new HeldBy(
                        table.table(), writer.manifest().run(), writer.control().execution()));
    }

    private List<Writer> find() {
        return documents.each(new RunIds(documents).all(), run -> writer(new RunFolder(run))).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Writer> writer(RunFolder folder) {
        return documents
                .find(folder.control(), Control.class)
                .map(Documents.Versioned::value)
                .filter(control ->
                        control.phase().isUnfinished() && control.phase().mayHaveWritten())
                .flatMap(control -> documents
                        .find(folder.manifest(), Manifest.class)
                        .map(manifest -> new Writer(manifest.value(), control)));
    }
}
