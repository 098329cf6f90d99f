package dev.rekey.engine.undo;

import dev.rekey.core.item.Key;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Segment;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Old and new keys of every record of a run as CSV (RFC 4180), read from its log page by page. Binary values are in
 * Base64.
 */
public final class IdMapping {
    private static final String HEADING = "table,old partition key,old sort key,new partition key,new sort key,outcome";

    private final UndoLog log;
    private final Manifest manifest;

    public IdMapping(UndoLog log, Manifest manifest) {
        this.log = log;
        this.manifest = manifest;
    }

    /** Writes a heading and one line for each record, level by level. */
    public void write(Appendable out) throws IOException {
        out.append(HEADING).append("\r\n");
        for (var level : manifest.levels()) {
            for (var table : level) {
                if (manifest.unit(table).equals(table)) {
                    write(table, out);
                }
            }
        }
    }

    private void write(TableName name, Appendable out) throws IOException {
        var table = manifest.table(name);
        for (var segment : Segment.all(table.allSegments())) {
            for (var page : SegmentLog.load(log, name, segment).last()) {
                for (var entry : log.read(page).entries()) {
                    out.append(quoted(entry.table().orElse(name).value()));
                    write(entry.origin().key(), table.source(), out);
                    write(entry.key(), table.target(), out);
                    out.append(',').append(entry.operation().outcome().word()).append("\r\n");
                }
            }
        }
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
