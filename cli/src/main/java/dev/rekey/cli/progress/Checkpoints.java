package dev.rekey.cli.progress;

import dev.rekey.engine.checkpoint.Checkpoint;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.HashMap;
import java.util.Map;

/** Counts what the checkpoints of a run say. A finished segment's is read once. */
final class Checkpoints {
    private final Documents documents;
    private final RunFolder folder;
    private final Map<ObjectKey, Long> finished = new HashMap<>();

    Checkpoints(Documents documents, RunFolder folder) {
        this.documents = documents;
        this.folder = folder;
    }

    /** Records that the segments of {@code stage} have read. */
    long read(Stage stage) {
        return documents.list(folder.checkpointPrefix(stage)).stream()
                .mapToLong(this::readBy)
                .sum();
    }

    private long readBy(ObjectKey key) {
        var known = finished.get(key);
        if (known != null) {
            return known;
        }
        var checkpoint = documents.find(key, Checkpoint.class);
        long read = checkpoint
                .map(found -> found.value().counts().getOrDefault("read", 0L))
                .orElse(0L);
        if (checkpoint.isPresent() && checkpoint.get().value().done()) {
            finished.put(key, read);
        }
        return read;
    }
}
