package dev.rekey.engine.run;

import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.Folders;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.List;
import java.util.Optional;

/** Finds the runs of a bucket by the names of their folders: a run may have a million objects. */
public record RunIds(Documents documents) {

    /** Every run, oldest first. */
    public List<RunId> all() {
        return behind(Optional.empty());
    }

    /** The runs with an id later than that of {@code run}, oldest first. */
    public List<RunId> after(RunId run) {
        return behind(Optional.of(Folders.behind(RunFolder.ALL, run.value())));
    }

    private List<RunId> behind(Optional<ObjectKey> key) {
        return documents.folders(RunFolder.ALL, key).stream()
                .filter(RunId::isValid)
                .map(RunId::new)
                .toList();
    }
}
