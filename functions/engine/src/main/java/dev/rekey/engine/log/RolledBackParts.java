package dev.rekey.engine.log;

import dev.rekey.core.item.Key;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Once;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.store.Documents;
import java.util.List;
import java.util.function.Supplier;

/** The parts of a run that were rolled back: read when somebody asks. */
public final class RolledBackParts {
    private final Supplier<List<Scope>> parts;

    public RolledBackParts(Supplier<List<Scope>> parts) {
        this.parts = new Once<>(parts);
    }

    public static RolledBackParts of(Documents documents, RunFolder folder) {
        return new RolledBackParts(() ->
                documents.get(folder.control(), Control.class).value().undoing().parts());
    }

    /** Whether what the run wrote of a record of {@code table} was taken back, unless others had changed it. */
    public boolean include(TableName table, Key key, Operation operation) {
        return operation.writes()
                && parts.get().stream()
                        .filter(part -> part.includes(table))
                        .anyMatch(part -> LoggedScope.of(part.where()).includes(key, operation));
    }

    /** Whether all records of {@code table} were taken back. */
    public boolean includeAll(TableName table) {
        return parts.get().stream().anyMatch(part -> part.where().isEmpty() && part.includes(table));
    }

    /** Whether some records of {@code table} were taken back. */
    public boolean includeSome(TableName table) {
        return parts.get().stream().anyMatch(part -> part.includes(table));
    }
}
