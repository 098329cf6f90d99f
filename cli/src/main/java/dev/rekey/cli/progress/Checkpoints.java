package dev.rekey.cli.progress;

import dev.rekey.engine.checkpoint.Checkpoint;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Counts what the checkpoints of a run say. A finished segment's is read once. */
final class Checkpoints {
    private final Documents documents;
    private final RunFolder folder;
    private final Map<ObjectKey, Long> finished = new HashMap<>();

    Checkpoints(Documents documents, RunFolder folder) {
        this.documents = documents;
        this.folder = folder;
    }

    /**
     * Records that the segments of {@code stage} have dealt with.
     *
     * @param counted names of the counts that count each record once
     */
    long records(Stage stage, Predicate<String> counted) {
        return documents.list(folder.checkpointPrefix(stage)).stream()
                .mapToLong(key -> records(key, counted))
                .sum();
    }

    private long records(ObjectKey key, Predicate<String> counted) {
        var known = finished.get(key);
        if (known != null) {
            return known;
        }
        var checkpoint = documents.find(key, Checkpoint.class);
        long records = checkpoint.stream()
                .flatMap(found -> found.value().counts().entrySet().stream())
                .filter(count -> counted.test(count.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        if (checkpoint.isPresent() && checkpoint.get().value().done()) {
            finished.put(key, records);
        }
        return records;
    }
}
