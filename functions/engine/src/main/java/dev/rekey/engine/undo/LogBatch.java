package dev.rekey.engine.undo;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import java.util.List;

/** What one attempt at one page does to the target: one object of the undo log. */
public record LogBatch(Header header, List<LogEntry> entries) {
    public static final int FORMAT = 2;

    /**
     * Where the batch belongs.
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
