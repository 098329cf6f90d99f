package dev.rekey.engine.scan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.store.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Several pages as one, for work that leaves an object for each page and partition of a join: fewer and larger ones. The
 * copy does without, since what it must undo grows with its pages.
 *
 * @param invocation of which reading a page takes a third of the time that is left: what is found is written before its end
 * @param records that a page should have, however many it is joined of; 0 for as many as there are
 */
public record JoinedPages(SourcePages pages, Invocation invocation, IntSupplier records) implements SourcePages {
    /** Eight megabytes, which as records in memory are a few times more. */
    public static final int MOST = 8;

    private static final int SHARE = 3;

    @Override
    public PageOfRecords page(Segment segment, Optional<JsonNode> cursor) {
        var begun = invocation.time().instant();
        var until = begun.plus(Duration.between(begun, invocation.end()).dividedBy(SHARE));
        var page = pages.page(segment, cursor);
        for (int read = 1;
                read < MOST
                        && page.next().isPresent()
                        && !isLongEnough(page.items().size(), until);
                read++) {
            page = page.and(pages.page(segment, page.next()));
        }
        return page;
    }

    private boolean isLongEnough(int read, Instant until) {
        int wanted = records.getAsInt();
        return (wanted > 0 && read >= wanted) || !invocation.time().instant().isBefore(until);
    }
}
