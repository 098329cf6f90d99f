package dev.rekey.engine.verify;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.undo.LogEntry;
import dev.rekey.engine.undo.LoggedScope;
import java.util.List;
import java.util.Optional;

/** The parts of a run that were rolled back: read when the first record is not as it should be. */
final class RolledBackParts {
    private final Documents documents;
    private final RunFolder folder;
    private Optional<List<Scope>> parts = Optional.empty();

    RolledBackParts(Documents documents, RunFolder folder) {
        this.documents = documents;
        this.folder = folder;
    }

    /** Whether what the run wrote of a record of {@code table} was taken back, unless others had changed it. */
    boolean include(TableName table, LogEntry entry) {
        return entry.operation().writes()
                && parts().stream()
                        .filter(part -> part.includes(table))
                        .anyMatch(part -> LoggedScope.of(part.where()).includes(entry.key(), entry.operation()));
    }

    private List<Scope> parts() {
        if (parts.isEmpty()) {
            parts = Optional.of(documents
                    .get(folder.control(), Control.class)
                    .value()
                    .undoing()
                    .parts());
        }
        return parts.get();
    }
}
