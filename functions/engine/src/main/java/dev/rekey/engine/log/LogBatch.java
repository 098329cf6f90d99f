package dev.rekey.engine.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rekey.core.item.Key;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What one attempt at one page does to the target: one object of the undo log, with its supplements if it has any. */
public record LogBatch(Header header, List<LogEntry> entries) {
    public static final int FORMAT = 2;

    /**
     * Where the batch belongs. The JSON line has the fields of all parts side by side.
     *
     * @param physical the target table that is written to
     * @param place in the table's log
     * @param writer who wrote it
     * @param passedOver records of the page with which nothing was to be done
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Header(
            int format,
            RunId run,
            TableName table,
            PhysicalTable physical,
            @JsonUnwrapped Place place,
            @JsonUnwrapped Writer writer,
            Optional<PassedOver> passedOver) {
        public Header(int format, RunId run, TableName table, PhysicalTable physical, Place place, Writer writer) {
            this(format, run, table, physical, place, writer, Optional.empty());
        }

        /** The same, of a page that passes these records over. */
        public Header passing(PassedOver.Notes notes) {
            return new Header(format, run, table, physical, place, writer, notes.passed());
        }

        /** Of the next attempt by the same invocation. */
        public Header next() {
            return new Header(format, run, table, physical, place.attempt(place.attempt + 1), writer);
        }

        /** Of a supplement to this attempt. */
        public Header supplement(int number) {
            return new Header(format, run, table, physical, place.supplement(number), writer);
        }
    }

    /** This, and what {@code supplement} says of some of its records. */
    LogBatch and(LogBatch supplement) {
        var byKey = new LinkedHashMap<Key, LogEntry>();
        entries.forEach(entry -> byKey.put(entry.key(), entry));
        supplement.entries.forEach(entry -> byKey.put(entry.key(), entry));
        return new LogBatch(header, List.copyOf(byKey.values()));
    }

    /**
     * An attempt at a page.
     *
     * @param page from 0, in scan order
     * @param attempt from 1
     * @param supplement 0 for an attempt at the whole page; from 1 for what the attempt did to a few records once more
     */
    public record Place(
            Segment segment,
            int page,
            int attempt,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int supplement) {
        /** Of an attempt at a whole page. */
        public Place(Segment segment, int page, int attempt) {
            this(segment, page, attempt, 0);
        }

        private Place attempt(int number) {
            return new Place(segment, page, number);
        }

        private Place supplement(int number) {
            return new Place(segment, page, attempt, number);
        }
    }

    /**
     * Who wrote a batch.
     *
     * @param epoch in which it was written
     * @param owner the invocation that wrote it
     */
    public record Writer(int epoch, String owner) {}
}
