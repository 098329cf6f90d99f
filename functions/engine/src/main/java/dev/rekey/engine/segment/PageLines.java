package dev.rekey.engine.segment;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.GzippedLines;
import dev.rekey.engine.store.Objects.ObjectKey;
import java.util.Collection;

/**
 * Writes what one page of a segment found, for whoever looks at all pages later: one object of lines for each kind, unless there
 * is nothing to say.
 *
 * @param unit whose records are read
 * @param redone whether an earlier attempt may have left objects, which then are replaced in any case
 */
public record PageLines(Documents documents, TableName unit, Segment segment, int page, boolean redone) {
    /** @param prefix of the objects of all tables */
    public void write(String prefix, Collection<?> lines) {
        if (redone || !lines.isEmpty()) {
            put(prefix, GzippedLines.of(lines));
        }
    }

    /** @param lines nothing can be added to them afterwards */
    public void write(String prefix, GzippedLines lines) {
        if (redone || lines.count() > 0) {
            put(prefix, lines.bytes());
        }
    }

    private void put(String prefix, byte[] content) {
        documents.putBytes(new ObjectKey("%s%08d.jsonl.gz".formatted(prefix(prefix, unit, segment), page)), content);
    }

    /** What the keys of the objects of one segment begin with. */
    public static String prefix(String prefix, TableName unit, Segment segment) {
        return "%s%s/%s-".formatted(prefix, unit, segment.folder());
    }
}
