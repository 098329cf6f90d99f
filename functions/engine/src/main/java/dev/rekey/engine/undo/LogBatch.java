package dev.rekey.engine.undo;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import java.util.LinkedHashMap;
import java.util.List;

/** What one attempt at one page does to the target: one object of the undo log, with its supplements if it has any. */
public record LogBatch(Header header, List<LogEntry> entries) {
    public static final int FORMAT = 2;

    /**
     * Where the batch belongs.
     *
     * @param physical the target table that is written to
     * @param page from 0, in scan order
     * @param attempt from 1
     * @param supplement 0 for an attempt at the whole page; from 1 for what the attempt did to a few records once more
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
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int supplement,
            int epoch,
            String owner) {
        /** Of an attempt at a whole page. */
        public Header(
                int format,
                RunId run,
                TableName table,
                PhysicalTable physical,
                Segment segment,
                int page,
                int attempt,
                int epoch,
                String owner) {
            this(format, run, table, physical, segment, page, attempt, 0, epoch, owner);
        }

        /** Of the next attempt by the same invocation. */
        public Header next() {
            return new Header(format, run, table, physical, segment, page, attempt + 1, epoch, owner);
        }

        /** Of a supplement to this attempt. */
        public Header supplement(int number) {
            return new Header(format, run, table, physical, segment, page, attempt, number, epoch, owner);
        }
    }

    /** This, and what {@code supplement} says of some of its records. */
    LogBatch and(LogBatch supplement) {
        var byKey = new LinkedHashMap<Key, LogEntry>();
        entries.forEach(entry -> byKey.put(entry.key(), entry));
        supplement.entries.forEach(entry -> byKey.put(entry.key(), entry));
        return new LogBatch(header, List.copyOf(byKey.values()));
    }
}
