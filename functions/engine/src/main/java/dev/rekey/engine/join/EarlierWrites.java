package dev.rekey.engine.join;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.RecordDigest;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.earlier.EarlierRun;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What earlier runs of the plan wrote to one target table: a record that still is what the newest of them wrote belongs to
 * Rekey and may be replaced. Reads nothing before it is asked.
 */
public final class EarlierWrites {
    /** Some four million keys or attributes, of however many earlier runs; a single partition may take more. */
    private static final long MOST_BYTES = 96L << 20;

    private final Documents documents;
    private final EarlierRuns earlier;
    private final TableName table;
    private final TableShape target;
    private final SequencedMap<ObjectKey, byte[]> held = new LinkedHashMap<>();
    private long bytes;
    private Optional<List<EarlierRun>> writers = Optional.empty();

    /** @param table of {@code run}, which names the earlier runs */
    public EarlierWrites(Documents documents, Manifest run, TableName table) {
        this(documents, EarlierRuns.of(documents, run), table, run.shapes(table).target());
    }

    /** @param target of {@code table} */
    public EarlierWrites(Documents documents, EarlierRuns earlier, TableName table, TableShape target) {
        this.documents = documents;
        this.earlier = earlier;
        // What was created stands among the records that were copied.
        this.table = table.holding();
        this.target = target;
    }

    /** Whether {@code found} is what the newest run that wrote {@code key} wrote there. */
    public synchronized boolean wrote(Key key, Map<String, AttributeValue> found) {
        return newest(() -> Spilled.keyGroup(table, Spilled.text(key)))
                .filter(one -> one.digest() == WrittenKeys.beginning(RecordDigest.of(found)))
                .isPresent();
    }

    /** Whether any of the runs wrote {@code key}, or deleted what stood there. */
    public boolean hasWritten(Key key) {
        return hasWritten(Spilled.text(key));
    }

    /** @param key as text, as it is spilled */
    public synchronized boolean hasWritten(String key) {
        return newest(() -> Spilled.keyGroup(table, key)).isPresent();
    }

    /**
     * Whether what stands under {@code key} can only come from what the newest run that wrote there left: that run did not delete
     * it, and no part of the table was taken back from it.
     */
    public synchronized boolean left(Key key) {
        return newest(() -> Spilled.keyGroup(table, Spilled.text(key)))
                .filter(one -> !one.part().isGone() && !one.by().isPartlyTakenBack(table))
                .isPresent();
    }

    /** Whether {@code run} is newer than all that wrote {@code key}, or deleted what stood there. */
    public synchronized boolean isOlderThan(RunId run, Key key) {
        return newest(() -> Spilled.keyGroup(table, Spilled.text(key)))
                .filter(one -> one.by().id().value().compareTo(run.value()) < 0)
                .isPresent();
    }

    /** Whether any of the runs wrote {@code attribute} of the record {@code key} in place. */
    public synchronized boolean hasWrittenValue(Key key, String attribute) {
        return newest(() -> Spilled.attributeGroup(table, Spilled.text(key), attribute))
                .isPresent();
    }

    /**
     * Whether {@code value} is what the newest run that wrote {@code attribute} of the record {@code key}, in place, wrote
     * there.
     */
    public synchronized boolean wroteValue(Key key, String attribute, AttributeValue value) {
        return newest(() -> Spilled.attributeGroup(table, Spilled.text(key), attribute))
                .filter(one -> one.digest() == WrittenKeys.beginning(RecordDigest.of(Map.of(attribute, value))))
                .filter(one -> !one.by().isPartlyTakenBack(table))
                .isPresent();
    }

    /**
     * @param part the table, or what the run deleted of it
     * @param digest its beginning
     */
    private record Written(EarlierRun by, TableName part, long digest) {}

    /** What the newest run that wrote there wrote. The group is asked for only if there are earlier runs. */
    private Optional<Written> newest(Supplier<String> where) {
        if (earlier.isEmpty()) {
            return Optional.empty();
        }
        var group = where.get();
        return writers().stream()
                .flatMap(writer -> Stream.of(table.gone(), table)
                        .filter(writer.manifest().tables()::containsKey)
                        .flatMap(part ->
                                written(writer, part, group).mapToObj(digest -> new Written(writer, part, digest))))
                .findFirst();
    }

    /** @param part the table, or what the run deleted of it: that was the last thing it did to it */
    private LongStream written(EarlierRun writer, TableName part, String group) {
        var run = writer.manifest();
        var key = writer.folder().written(run.table(part).level(), Spill.partition(group, run.partitions()));
        return WrittenKeys.find(held(key), group).stream();
    }

    private byte[] held(ObjectKey key) {
        var known = held.remove(key);
        if (known == null) {
            // A run that was not verified has none.
            known = documents
                    .bytes(key)
                    .map(found -> WrittenKeys.held(found.content()))
                    .orElse(new byte[0]);
            bytes += known.length;
            while (bytes > MOST_BYTES && !held.isEmpty()) {
                bytes -= held.pollFirstEntry().getValue().length;
            }
        }
        held.put(key, known);
        return known;
    }

    /** Newest first. */
    private List<EarlierRun> writers() {
        if (writers.isEmpty()) {
            writers = Optional.of(earlier.writersOf(table, target));
        }
        return writers.get();
    }
}
