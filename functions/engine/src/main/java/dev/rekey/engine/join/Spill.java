package dev.rekey.engine.join;

import dev.rekey.core.identity.Families;
import dev.rekey.core.identity.OldId;
import dev.rekey.core.item.Digest;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.mapping.ReferenceUse;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.GzippedLines;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** Collects the lines of one page and writes them, one object for each partition that has any. */
public final class Spill {
    /** The side of an {@link Origin} that is a source table. */
    public static final String SOURCE = "source";
    /** The side of an {@link Origin} that is a target table. */
    public static final String TARGET = "target";

    private final Families families;
    private final Map<List<Object>, Spilled.Grouped> lines = new LinkedHashMap<>();
    private final List<SeenValues> values = new ArrayList<>();
    private final List<Read> reads = new ArrayList<>();
    private final Groups numbers = new Groups();
    private final List<CompositeValues> composites = new ArrayList<>();
    /** Of a record all lines are spilled one after the other. */
    private Key last;

    private String lastText;

    /** @param families whose identities are spilled */
    public Spill(Families families) {
        this.families = families;
    }

    /** A source record with the identity {@code id} exists. */
    public void defined(FamilyName family, OldId id, Key record) {
        add(new Spilled.Defined(identified(family, id), text(record)), id, "");
    }

    /** A source record with the identity {@code id} exists, but does not migrate. */
    public void outside(FamilyName family, OldId id) {
        add(new Spilled.Outside(identified(family, id)), id, "");
    }

    /** Values to be compared with known ids. */
    public void values(SeenValues seen) {
        values.add(seen);
    }

    /** Pieces of composite values to be compared with known ids. */
    public void composites(CompositeValues seen) {
        composites.add(seen);
    }

    /** A target record with the new identity {@code id} exists. */
    public void definedInTarget(FamilyName family, OldId id, Key record) {
        var identified = new Spilled.Identified(idGroup(family, id.canonical()), family, id);
        add(new Spilled.Defined(identified, text(record)), id, "");
    }

    /** A reference in a record of {@code table}. */
    public void used(ReferenceUse.Used use, TableName table, Key record) {
        var line = new Spilled.Used(identified(use.family(), use.id()), holder(use, table), text(record), 1);
        add(line, use.id(), table + use.path());
    }

    /** The same, of which the run is told that it has no record. */
    public void orphaned(ReferenceUse.Used use, TableName table, Key record) {
        var line = new Spilled.Orphaned(identified(use.family(), use.id()), holder(use, table), text(record), 1);
        add(line, use.id(), table + use.path());
    }

    /** The same, which stood in the record before the run removed it for that. */
    public void removed(ReferenceUse.Used use, TableName table, Key record) {
        var line = new Spilled.Removed(identified(use.family(), use.id()), holder(use, table), text(record), 1);
        add(line, use.id(), table + use.path());
    }

    private static Spilled.Holder holder(ReferenceUse.Used use, TableName table) {
        return new Spilled.Holder(table, use.path(), use.onOrphan());
    }

    /** A target key that an attempt logged which another has superseded. */
    public void logged(TableName table, Key key) {
        add(new Spilled.Superseded(table.holding(), text(key)), "");
    }

    /**
     * A target key that is logged.
     *
     * @param source key of the source record
     * @param wrote digest of what was written; empty if nothing was
     */
    public void logged(TableName table, Key key, Key source, Optional<Digest> wrote) {
        var line = new Spilled.Logged(table.holding(), text(key), numbers.number(Spilled.text(source)), wrote);
        // Each stands for itself: several source records under one key are a collision.
        add(line, line.source(), line.wrote());
    }

    /** A target key whose record is deleted, with the digest of what stood there. */
    public void deleted(TableName table, Key key, Digest content) {
        add(new Spilled.Deleted(table.holding(), text(key), content), "");
    }

    /** An attribute of a record that is changed in place, with the digest of what was written to it. */
    public void wrote(TableName table, Key key, String attribute, Digest wrote) {
        add(new Spilled.Wrote(table, text(key), attribute, wrote), "");
    }

    /**
     * A source record that belongs under {@code key} and that the run did not log.
     *
     * @param source its key
     * @param content its digest
     */
    public void late(TableName table, Key key, Key source, Digest content) {
        var text = Spilled.text(source);
        add(new Spilled.Late(table.holding(), text(key), text, content), text);
    }

    /** A source record that is left out, and that would belong under {@code key}. */
    public void leftOut(TableName table, Key key) {
        add(new Spilled.LeftOut(table.holding(), text(key)), "");
    }

    /** A source record with this content was read, which belongs under {@code key}. */
    public void read(TableName table, Key key, Digest content) {
        reads.add(new Read(Spilled.keyGroup(table.holding(), text(key)), content));
    }

    /** A source record with this content was read, which has the identity {@code id}. */
    public void read(FamilyName family, OldId id, Digest content) {
        reads.add(new Read(group(family, id), content));
    }

    private record Read(String group, Digest content) {}

    public void present(TableName table, Key key) {
        add(new Spilled.Present(table, text(key)), "");
    }

    /**
     * A record has values that no other record of the table should have.
     *
     * @param path of the check
     * @param values digest of them
     */
    public void unique(TableName table, String path, Digest values, Key record) {
        unique(table, path, values, text(record));
    }

    /** @param record its key, or its place */
    public void unique(TableName table, String path, Digest values, String record) {
        var group = "unique|" + table.holding() + "|" + path + "|" + values.hex();
        checked(new Spilled.Unique(group, table.holding(), path, record));
    }

    /** The record with the identity {@code id} has a value that a check of {@code table} compares with {@code path}. */
    public void held(FamilyName family, OldId id, TableName table, String path, Digest value, Key record) {
        checked(new Spilled.Held(group(family, id), table, path, text(record), value.hex()));
    }

    /** The other side of it: what the record itself has at {@code path}. */
    public void claimed(FamilyName family, OldId id, TableName table, String path, Digest value, Key record) {
        checked(new Spilled.Claimed(group(family, id), table, path, text(record), value.hex()));
    }

    /** A record of {@code family} has a parent of the same family. */
    public void parent(FamilyName family, OldId child, OldId parent, TableName table, String path, Key record) {
        checked(new Spilled.Parent(group(family, child), table.holding(), path, text(record), group(family, parent)));
    }

    /** Each line of a check stands for itself: every record at fault is named. */
    private void checked(Spilled.Checked line) {
        add(line, line);
    }

    /**
     * Writes everything collected.
     *
     * @param prefix of the join's objects
     * @param overwrite whether an earlier attempt may have left objects: then partitions without a line are written too
     */
    public void write(Documents documents, String prefix, int partitions, Origin origin, boolean overwrite) {
        var parts = new ArrayList<List<Spilled>>();
        for (int i = 0; i < partitions; i++) {
            parts.add(new ArrayList<>());
        }
        lines.values()
                .forEach(line -> parts.get(partition(line.group(), partitions)).add(line));
        values.forEach(seen -> seen.into(parts));
        readsInto(parts);
        composites.forEach(seen -> seen.into(parts));
        var objects = new LinkedHashMap<ObjectKey, List<Spilled>>();
        for (int i = 0; i < partitions; i++) {
            if (overwrite || !parts.get(i).isEmpty()) {
                objects.put(new ObjectKey(partitionPrefix(prefix, i) + origin.name()), parts.get(i));
            }
        }
        var _ = documents.each(List.copyOf(objects.keySet()), key -> {
            documents.putBytes(key, GzippedLines.of(objects.get(key)));
            return key;
        });
    }

    private void readsInto(List<List<Spilled>> parts) {
        var numbered = new TreeMap<Integer, Longs>();
        reads.forEach(read -> numbered.computeIfAbsent(partition(read.group(), parts.size()), _ -> new Longs())
                .add(Spilled.number(numbers, read.group(), read.content())));
        numbered.forEach(
                (partition, keys) -> parts.get(partition).add(new Spilled.Read(Seen.of(0, KeyType.S, false, keys))));
    }

    /** Which page the lines come from; the same page overwrites what it wrote before. */
    public record Origin(TableName table, String side, Segment segment, int page) {
        String name() {
            return "%s-%s-%s-%08d.jsonl.gz".formatted(table, side, segment.folder(), page);
        }
    }

    /** Whether the object {@code key} was spilled from the target of {@code table}, where a verification finds what exists. */
    static boolean isOfTarget(ObjectKey key, TableName table) {
        var name = key.name().substring(key.name().lastIndexOf('/') + 1);
        // More may stand between: what of the target has expired is spilled apart.
        return name.startsWith(table + "-") && name.contains("-" + TARGET + "-");
    }

    static String partitionPrefix(String prefix, int partition) {
        return "%s%05d/".formatted(prefix, partition);
    }

    /** @param apart what tells the line from others of its kind and group */
    private void add(Spilled.Grouped line, Object... apart) {
        lines.merge(List.of(line.getClass(), line.group(), List.of(apart)), line, (one, _) -> one.again());
    }

    private String text(Key record) {
        if (!record.equals(last)) {
            last = record;
            lastText = Spilled.text(record);
        }
        return lastText;
    }

    private Spilled.Identified identified(FamilyName family, OldId id) {
        return new Spilled.Identified(group(family, id), family, id);
    }

    private String group(FamilyName family, OldId id) {
        return idGroup(family, families.rule(family).resulting(id).canonical());
    }

    static String idGroup(FamilyName family, String newId) {
        return "id|" + family + "|" + newId;
    }

    static int partition(String group, int partitions) {
        var hash = new CRC32();
        hash.update(group.getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % partitions);
    }
}
