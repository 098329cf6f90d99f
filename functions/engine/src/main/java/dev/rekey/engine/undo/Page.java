package dev.rekey.engine.undo;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import java.util.List;

/** One page object: what one attempt at one scan response does to the target. */
public record Page(Header header, List<PageEntry> entries) {
    public static final int FORMAT = 1;

    /**
     * Where the page belongs.
     *
     * @param physical the target table that is written to
     * @param page from 0, in scan order
     * @param attempt from 1
     * @param epoch in which it was written
     * @param owner the invocation that wrote it
     */
    public record Header(
            int format,
            RunId run,
            TableName table,
            PhysicalTable physical,
            Segment segment,
            int page,
            int attempt,
            int epoch,
            String owner) {
        /** Of the next attempt by the same invocation. */
        public Header next() {
            return new Header(format, run, table, physical, segment, page, attempt + 1, epoch, owner);
        }
    }
}
