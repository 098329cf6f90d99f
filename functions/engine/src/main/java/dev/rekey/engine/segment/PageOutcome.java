package dev.rekey.engine.segment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.scan.HotKeyProgress;
import dev.rekey.engine.segment.Checkpoint.Collected;
import java.util.Map;
import java.util.Optional;

/** What became of one page. */
public sealed interface PageOutcome {
    /**
     * All effects of the page are durable.
     *
     * @param next where the next page begins; empty at the end of the segment
     * @param collected what was collected of the page; of partition key values with many records, what the checkpoint says
     *     from now on
     * @param logged how many log objects there are for this page, one for each attempt; 0 if it needs none
     */
    record Advanced(Optional<JsonNode> next, Collected collected, int logged) implements PageOutcome {
        public Advanced(Optional<JsonNode> next, Map<Counted, Long> counts) {
            this(next, new Gathered(counts));
        }

        /** A page of one table. */
        public Advanced(Optional<JsonNode> next, Gathered page) {
            this(next, Collected.of(page), 0);
        }

        /** The same page, for which {@code objects} log objects were written. */
        public Advanced logged(int objects) {
            return new Advanced(next, collected, objects);
        }

        /** The same page, after which the checkpoint says {@code met} of partition key values with many records. */
        public Advanced passing(Optional<HotKeyProgress> met) {
            return new Advanced(next, collected.passing(met), logged);
        }

        /** A page of one table, or of several that share a physical table. */
        public static Advanced of(Optional<JsonNode> next, Map<TableName, Gathered> tables, boolean several) {
            return several
                    ? new Advanced(next, Collected.of(tables), 0)
                    : new Advanced(next, tables.values().stream().findFirst().orElseGet(() -> new Gathered(Map.of())));
        }
    }

    /** The content under the page changed meanwhile: begin it again. */
    record Again() implements PageOutcome {}

    record Failed(Failure failure) implements PageOutcome {}
}
