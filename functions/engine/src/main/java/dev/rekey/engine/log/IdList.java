package dev.rekey.engine.log;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.Segment;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Old and new keys of every record of a run, read from its log page by page. A record that is merged away has the key of
 * its survivor.
 */
public final class IdList {
    private final UndoLog log;
    private final Manifest manifest;
    private final FrozenMerges merges;
    /** New keys of the survivors. */
    private final Map<String, NewKey> survivors = new HashMap<>();

    private final Set<FamilyName> families = new HashSet<>();

    private record NewKey(String partition, String sort) {}

    /** @param merges of the run */
    public IdList(UndoLog log, Manifest manifest, FrozenMerges merges) {
        this.log = log;
        this.manifest = manifest;
        this.merges = merges;
        for (var merge : merges.all()) {
            families.add(merge.family());
            survivors.put(survivor(merge), unlogged(merge));
        }
    }

    /** The key of a survivor that the run did not write: known only where keys stay. */
    private NewKey unlogged(FrozenMerges.Merged merge) {
        var table = new TableName(merge.family().value());
        boolean stays = manifest.known().contains(table)
                && manifest.shapes(table)
                        .source()
                        .isSameTableAs(manifest.shapes(table).target());
        return new NewKey(stays ? merge.survivor().canonical() : "", "");
    }

    private static String survivor(FrozenMerges.Merged merge) {
        return merge.family() + "|" + merge.survivor().canonical();
    }

    /** Hands on one record after the other, level by level. */
    public void each(Consumer<MappedIds> record) {
        for (var level : manifest.levels()) {
            for (var table : level) {
                if (manifest.unit(table).equals(table) && table.givesIds()) {
                    each(table, record);
                }
            }
        }
        for (var merge : merges.all()) {
            var survivor = survivors.get(survivor(merge));
            record.accept(new MappedIds(
                    merge.family().value(),
                    merge.merged().canonical(),
                    "",
                    survivor.partition(),
                    survivor.sort(),
                    "merged"));
        }
    }

    private void each(TableName name, Consumer<MappedIds> record) {
        var table = manifest.table(name);
        for (var segment : Segment.all(table.allSegments())) {
            for (var page : SegmentLog.load(log, name, segment).last()) {
                for (var entry : log.read(page).entries()) {
                    if (entry.operation().leavesOut()) {
                        continue;
                    }
                    noteSurvivor(entry.table().orElse(name), entry, table);
                    var old = entry.origin().key();
                    record.accept(new MappedIds(
                            entry.table().orElse(name).holding().value(),
                            partition(old, table.source()),
                            sort(old, table.source()),
                            partition(entry.key(), table.target()),
                            sort(entry.key(), table.target()),
                            entry.operation().outcome().word()));
                }
            }
        }
    }

    private void noteSurvivor(TableName name, LogEntry entry, TableOfRun table) {
        for (var value : entry.origin().key().attributes().values()) {
            for (var family : families) {
                var survivor = family + "|" + text(value);
                if (mayBe(family, name) && survivors.containsKey(survivor)) {
                    var target = table.target();
                    survivors.put(survivor, new NewKey(partition(entry.key(), target), sort(entry.key(), target)));
                }
            }
        }
    }

    /** A table is a family of its own name, unless the plan gives it another. */
    private boolean mayBe(FamilyName family, TableName table) {
        return family.value().equals(table.value()) || !manifest.tables().containsKey(new TableName(family.value()));
    }

    private static String partition(Key key, TableShape shape) {
        return text(
                Optional.ofNullable(key.attributes().get(shape.partitionKey().name())));
    }

    private static String sort(Key key, TableShape shape) {
        return text(shape.sortKey().map(sort -> key.attributes().get(sort.name())));
    }

    private static String text(Optional<AttributeValue> value) {
        return value.map(IdList::text).orElse("");
    }

    private static String text(AttributeValue value) {
        if (value.n() != null) {
            return value.n();
        }
        return value.s() != null
                ? value.s()
                : Base64.getEncoder().encodeToString(value.b().asByteArray());
    }
}
