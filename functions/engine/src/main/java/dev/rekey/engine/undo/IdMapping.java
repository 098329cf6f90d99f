package dev.rekey.engine.undo;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.FamilyName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.FrozenMerges;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.Segment;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Old and new keys of every record of a run as CSV (RFC 4180), read from its log page by page. Binary values are in
 * Base64. A record that is merged away has the key of its survivor.
 */
public final class IdMapping {
    private static final String HEADING = "table,old partition key,old sort key,new partition key,new sort key,outcome";

    private final UndoLog log;
    private final Manifest manifest;
    private final FrozenMerges merges;
    /** New keys of the survivors, as they are written. */
    private final Map<String, String> survivors = new HashMap<>();

    private final Set<FamilyName> families = new HashSet<>();

    /** @param merges of the run */
    public IdMapping(UndoLog log, Manifest manifest, FrozenMerges merges) {
        this.log = log;
        this.manifest = manifest;
        this.merges = merges;
        for (var merge : merges.all()) {
            families.add(merge.family());
            survivors.put(survivor(merge), unlogged(merge));
        }
    }

    /** The key of a survivor that the run did not write: known only where keys stay. */
    private String unlogged(FrozenMerges.Merged merge) {
        var table = new TableName(merge.family().value());
        boolean stays = manifest.known().contains(table)
                && manifest.shapes(table)
                        .source()
                        .isSameTableAs(manifest.shapes(table).target());
        return stays ? quoted(merge.survivor().canonical()) + "," : ",";
    }

    private static String survivor(FrozenMerges.Merged merge) {
        return merge.family() + "|" + merge.survivor().canonical();
    }

    /** Writes a heading and one line for each record, level by level. */
    public void write(Appendable out) throws IOException {
        out.append(HEADING).append("\r\n");
        for (var level : manifest.levels()) {
            for (var table : level) {
                if (manifest.unit(table).equals(table) && !table.isMergedAway()) {
                    write(table, out);
                }
            }
        }
        for (var merge : merges.all()) {
            out.append(quoted(merge.family().value()))
                    .append(',')
                    .append(quoted(merge.merged().canonical()))
                    .append(",,")
                    .append(survivors.get(survivor(merge)))
                    .append(",merged\r\n");
        }
    }

    private void write(TableName name, Appendable out) throws IOException {
        var table = manifest.table(name);
        for (var segment : Segment.all(table.allSegments())) {
            for (var page : SegmentLog.load(log, name, segment).last()) {
                for (var entry : log.read(page).entries()) {
                    noteSurvivor(entry.table().orElse(name), entry, table);
                    out.append(quoted(entry.table().orElse(name).holding().value()));
                    write(entry.origin().key(), table.source(), out);
                    write(entry.key(), table.target(), out);
                    out.append(',').append(entry.operation().outcome().word()).append("\r\n");
                }
            }
        }
    }

    private void noteSurvivor(TableName name, LogEntry entry, TableOfRun table) throws IOException {
        for (var value : entry.origin().key().attributes().values()) {
            for (var family : families) {
                var survivor = family + "|" + text(value);
                if (mayBe(family, name) && survivors.containsKey(survivor)) {
                    var now = new StringBuilder();
                    write(entry.key(), table.target(), now);
                    survivors.put(survivor, now.substring(1));
                }
            }
        }
    }

    /** A table is a family of its own name, unless the plan gives it another. */
    private boolean mayBe(FamilyName family, TableName table) {
        return family.value().equals(table.value()) || !manifest.tables().containsKey(new TableName(family.value()));
    }

    private static void write(Key key, TableShape shape, Appendable out) throws IOException {
        var attributes = key.attributes();
        out.append(',').append(text(Optional.of(shape.partitionKey().name()).map(attributes::get)));
        out.append(',').append(text(shape.sortKey().map(sort -> attributes.get(sort.name()))));
    }

    private static String text(Optional<AttributeValue> value) {
        return value.map(IdMapping::text).map(IdMapping::quoted).orElse("");
    }

    private static String text(AttributeValue value) {
        if (value.n() != null) {
            return value.n();
        }
        return value.s() != null
                ? value.s()
                : Base64.getEncoder().encodeToString(value.b().asByteArray());
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
