package dev.rekey.engine.verify;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.undo.LogEntry;
import dev.rekey.engine.undo.LoggedScope;
import java.util.List;

/** The parts of a run that were rolled back. */
record RolledBackParts(List<Scope> parts) {
    static RolledBackParts of(Documents documents, RunFolder folder) {
        return new RolledBackParts(
                documents.get(folder.control(), Control.class).value().undoing().parts());
    }

    /** Whether what the run wrote of a record of {@code table} was taken back, unless others had changed it. */
    boolean include(TableName table, LogEntry entry) {
        return entry.operation().writes()
                && parts.stream()
                        .filter(part -> part.includes(table))
                        .anyMatch(part -> LoggedScope.of(part.where()).includes(entry.key(), entry.operation()));
    }
}
