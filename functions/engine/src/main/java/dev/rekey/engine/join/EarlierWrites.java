package dev.rekey.engine.join;

import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Documents.Versioned;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.Objects.Stored;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What earlier runs of the plan wrote to one target table: a record that still is what the newest of them wrote belongs to
 * Rekey and may be replaced. Reads nothing before it is asked. For one thread.
 */
public final class EarlierWrites {
    /** Some 10 MB each. */
    private static final int PARTITIONS_HELD = 8;

    private final Documents documents;
    private final Manifest run;
    private final TableName table;
    private final SequencedMap<ObjectKey, byte[]> held = new LinkedHashMap<>();
    private Optional<List<Manifest>> writers = Optional.empty();

    /** @param table of {@code run}, which names the earlier runs */
    public EarlierWrites(Documents documents, Manifest run, TableName table) {
        this.documents = documents;
        this.run = run;
        this.table = table;
    }

    /** Whether {@code found} is what the newest run that wrote {@code key} wrote there. */
    public boolean wrote(Key key, Map<String, AttributeValue> found) {
        if (run.earlier().isEmpty()) {
            return false;
        }
        var group = Spilled.keyGroup(table, Spilled.text(key));
        return writers().stream()
                .flatMap(earlier -> written(earlier, group).stream())
                .findFirst()
                .filter(RecordDigest.of(found)::equals)
                .isPresent();
    }

    private Optional<Digest> written(Manifest earlier, String group) {
        var key = new RunFolder(earlier.run())
                .written(earlier.table(table).level(), Spill.partition(group, earlier.partitions()));
        return WrittenKeys.find(bytes(key), group);
    }

    private byte[] bytes(ObjectKey key) {
        var known = held.remove(key);
        if (known == null) {
            // A run that was not verified has none.
            known = documents.bytes(key).map(Stored::content).orElse(new byte[0]);
            if (held.size() == PARTITIONS_HELD) {
                held.pollFirstEntry();
            }
        }
        held.put(key, known);
        return known;
    }

    /** Newest first. */
    private List<Manifest> writers() {
        if (writers.isEmpty()) {
            writers = Optional.of(run.earlier().stream()
                    .flatMap(earlier -> documents.find(new RunFolder(earlier).manifest(), Manifest.class).stream())
                    .map(Versioned::value)
                    .filter(earlier -> earlier.tables().containsKey(table))
                    .filter(earlier -> earlier.table(table)
                            .target()
                            .isSameTableAs(run.table(table).target()))
                    .filter(earlier -> !isUndone(earlier.run()))
                    .toList());
        }
        return writers.get();
    }

    /** Whether the table was taken back by itself, while the run stayed migrated. */
    private boolean isUndone(RunId earlier) {
        return Stream.of(Stage.ROLLBACK, Stage.OVERWRITE)
                .map(stage -> new RunFolder(earlier).checkpointPrefix(stage) + table.value() + "/")
                .anyMatch(prefix -> !documents.list(prefix).isEmpty());
    }
}
