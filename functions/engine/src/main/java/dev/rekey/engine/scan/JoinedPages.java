package dev.rekey.engine.scan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.StoreException;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Several pages as one, for work that leaves an object for each page and partition of a join: fewer and larger ones. The
 * copy does without, since what it must undo grows with its pages.
 *
 * @param invocation after whose end no further page is read
 */
public record JoinedPages(SourcePages pages, Invocation invocation) implements SourcePages {
    /** Eight megabytes, which as records in memory are a few times more. */
    public static final int MOST = 8;

    @Override
    public PageOfRecords page(Segment segment, Optional<JsonNode> cursor) {
        var first = pages.page(segment, cursor);
        var next = first.next();
        if (next.isEmpty()) {
            return first;
        }
        var items = new ArrayList<>(first.items());
        for (int read = 1; read < MOST && next.isPresent() && !invocation.isOver(); read++) {
            try {
                var more = pages.page(segment, next);
                items.addAll(more.items());
                next = more.next();
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.THROTTLED) {
                    throw e;
                }
                // Slowed down until the invocation was up: what was read is not thrown away.
                break;
            }
        }
        return new PageOfRecords(items, next);
    }
}
