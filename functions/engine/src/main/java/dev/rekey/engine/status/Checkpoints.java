package dev.rekey.engine.status;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.segment.Checkpoint;
import dev.rekey.engine.segment.Gathered;
import dev.rekey.engine.segment.History;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Counts what the checkpoints of a run say. A finished segment's is read once. */
final class Checkpoints {
    private final Documents documents;
    private final RunFolder folder;
    private final Map<ObjectKey, List<OfSegment>> finished = new HashMap<>();

    Checkpoints(Documents documents, RunFolder folder) {
        this.documents = documents;
        this.folder = folder;
    }

    /**
     * What is known of one segment, of one table whose records are in it.
     *
     * @param records that were dealt with
     * @param slowed whether its workers go slower than they could
     * @param history of the whole segment, told of one of its tables
     */
    record OfSegment(TableName table, long records, boolean done, boolean slowed, Optional<History> history) {
        /** How often its workers had to begin again. */
        int retries() {
            return history.map(History::retries).orElse(0);
        }
    }

    /**
     * The segments of {@code stage} that somebody has begun.
     *
     * @param counted which counts count each record once
     */
    List<OfSegment> segments(Stage stage, Predicate<Counted> counted) {
        var prefix = folder.checkpointPrefix(stage);
        return documents.list(prefix).stream()
                .flatMap(key -> segment(key, prefix, counted).stream())
                .toList();
    }

    private List<OfSegment> segment(ObjectKey key, String prefix, Predicate<Counted> counted) {
        if (finished.containsKey(key)) {
            return finished.get(key);
        }
        var segment = documents
                .find(key, Checkpoint.class)
                .map(found -> segment(new TableName(key.folderIn(prefix)), found.value(), counted))
                .orElse(List.of());
        if (!segment.isEmpty() && segment.stream().allMatch(OfSegment::done)) {
            finished.put(key, segment);
        }
        return segment;
    }

    /** What happened to the segment as a whole is told of the table that it is of. */
    private static List<OfSegment> segment(TableName table, Checkpoint checkpoint, Predicate<Counted> counted) {
        var byTable = checkpoint.collected().byTable();
        var all = new ArrayList<OfSegment>();
        all.add(new OfSegment(
                table,
                records(byTable.isEmpty() ? checkpoint.counts() : counts(byTable, table), counted),
                checkpoint.done(),
                !checkpoint.done() && checkpoint.pace().isPresent(),
                checkpoint.history()));
        byTable.forEach((name, gathered) -> {
            if (!name.equals(table)) {
                all.add(new OfSegment(
                        name, records(gathered.counts(), counted), checkpoint.done(), false, Optional.empty()));
            }
        });
        return List.copyOf(all);
    }

    private static Map<Counted, Long> counts(Map<TableName, Gathered> byTable, TableName table) {
        return Optional.ofNullable(byTable.get(table)).map(Gathered::counts).orElse(Map.of());
    }

    private static long records(Map<Counted, Long> counts, Predicate<Counted> counted) {
        return counts.entrySet().stream()
                .filter(count -> counted.test(count.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
