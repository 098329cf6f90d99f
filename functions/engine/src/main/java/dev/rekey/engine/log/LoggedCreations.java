package dev.rekey.engine.log;

import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Key;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.Documents;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which records a run has created in a table because others refer to them, as the log says. They are few. */
public final class LoggedCreations {
    private final Documents documents;
    private final Manifest manifest;
    private final Map<TableName, Map<Key, Set<Digest>>> byTable = new HashMap<>();

    public LoggedCreations(Documents documents, Manifest manifest) {
        this.documents = documents;
        this.manifest = manifest;
    }

    /** Whether the run has created the record {@code key} of {@code table}. */
    public boolean contains(TableName table, Key key) {
        return !digests(table, key).isEmpty();
    }

    /** What the run wrote there; empty if it has not created the record. */
    public synchronized Set<Digest> digests(TableName table, Key key) {
        return byTable.computeIfAbsent(table, this::load).getOrDefault(key, Set.of());
    }

    private Map<Key, Set<Digest>> load(TableName table) {
        var name = table.created();
        if (!manifest.tables().containsKey(name)) {
            return Map.of();
        }
        var log = new UndoLog(documents, new RunFolder(manifest.run()));
        var created = new HashMap<Key, Set<Digest>>();
        for (var segment : Segment.all(manifest.table(name).allSegments())) {
            LoggedPages.of(log, name, name, segment)
                    .all()
                    .forEach(page -> page.forEach((key, logged) -> {
                        if (logged.operation() instanceof Operation.Create) {
                            created.put(key, Set.copyOf(logged.digests()));
                        }
                    }));
        }
        return created;
    }
}
