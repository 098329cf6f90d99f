package dev.rekey.engine.undo;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Documents.Versioned;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The records of a target table that earlier runs of the plan wrote and that their rollbacks kept, since others had changed
 * them. Reads nothing before it is asked.
 */
public final class KeptDrift {
    /** So many keys say what to do; of more, the rest is not named. */
    private static final int MOST = 100_000;

    private final Documents documents;
    private final Supplier<List<RunId>> rolledBack;
    private final TableShape target;
    private Optional<Map<String, RunId>> kept = Optional.empty();

    /** @param rolledBack the runs that were, newest first */
    public KeptDrift(Documents documents, Supplier<List<RunId>> rolledBack, TableShape target) {
        this.documents = documents;
        this.rolledBack = rolledBack;
        this.target = target;
    }

    /** The newest run whose rollback kept the record under {@code key}. */
    public synchronized Optional<RunId> by(Key key) {
        if (kept.isEmpty()) {
            kept = Optional.of(read());
        }
        return Optional.ofNullable(kept.get().get(KeyLists.text(key)));
    }

    private Map<String, RunId> read() {
        var all = new HashMap<String, RunId>();
        for (var run : rolledBack.get()) {
            documents
                    .find(new RunFolder(run).manifest(), Manifest.class)
                    .map(Versioned::value)
                    .ifPresent(manifest -> read(manifest, all));
        }
        return all;
    }

    private void read(Manifest manifest, Map<String, RunId> all) {
        var folder = new RunFolder(manifest.run());
        manifest.tables().forEach((name, table) -> {
            if (table.target().isSameTableAs(target)) {
                for (var list : documents.list(
                        folder.key(KeyLists.DRIFT + "/" + name + "/").name())) {
                    if (all.size() < MOST) {
                        List.of(documents.get(list, String[].class).value())
                                .forEach(key -> all.putIfAbsent(key, manifest.run()));
                    }
                }
            }
        });
    }
}
