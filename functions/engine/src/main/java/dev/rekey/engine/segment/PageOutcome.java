package dev.rekey.engine.segment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.TableDigest;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Failure;
import dev.rekey.engine.scan.HotKeyProgress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What became of one page. */
public sealed interface PageOutcome {
    /**
     * All effects of the page are durable.
     *
     * @param next where the next page begins; empty at the end of the segment
     * @param counts what was counted on this page
     * @param statistics what was counted beside that
     * @param digests of the records of this page, by name
     * @param passage what the checkpoint says of partition key values with many records from now on
     * @param byTable the counts, statistics and digests of each table, where several tables share a physical table; then
     *     the others are those of all
     * @param logged how many log objects there are for this page, one for each attempt; 0 if it needs none
     */
    record Advanced(
            Optional<JsonNode> next,
            Map<Counted, Long> counts,
            SegmentStatistics statistics,
            Map<String, TableDigest> digests,
            Optional<HotKeyProgress> passage,
            Map<TableName, Gathered> byTable,
            int logged)
            implements PageOutcome {
        public Advanced(Optional<JsonNode> next, Map<Counted, Long> counts) {
            this(next, counts, Map.of());
        }

        public Advanced(
                Optional<JsonNode> next,
                Map<Counted, Long> counts,
                SegmentStatistics statistics,
                Optional<HotKeyProgress> passage) {
            this(next, counts, statistics, Map.of(), passage, Map.of(), 0);
        }

        public Advanced(Optional<JsonNode> next, Map<Counted, Long> counts, Map<String, TableDigest> digests) {
            this(next, counts, SegmentStatistics.NOTHING, digests, Optional.empty(), Map.of(), 0);
        }

        /** The same page, for which {@code objects} log objects were written. */
        public Advanced logged(int objects) {
            return new Advanced(next, counts, statistics, digests, passage, byTable, objects);
        }

        /** The same page, after which the checkpoint says {@code met} of partition key values with many records. */
        public Advanced passing(Optional<HotKeyProgress> met) {
            return new Advanced(next, counts, statistics, digests, met, byTable, logged);
        }

        /** A page of one table, or of several that share a physical table. */
        public static Advanced of(Optional<JsonNode> next, Map<TableName, Gathered> tables, boolean several) {
            if (!several) {
                var only = tables.values().stream().findFirst().orElseGet(() -> new Gathered(Map.of()));
                return new Advanced(
                        next,
                        only.counts(),
                        only.statistics().orElse(SegmentStatistics.NOTHING),
                        only.digests(),
                        Optional.empty(),
                        Map.of(),
                        0);
            }
            var counts = new EnumMap<Counted, Long>(Counted.class);
            tables.values().forEach(table -> Counted.add(table.counts(), counts));
            return new Advanced(
                    next, counts, SegmentStatistics.NOTHING, Map.of(), Optional.empty(), Map.copyOf(tables), 0);
        }
    }

    /** The content under the page changed meanwhile: begin it again. */
    record Again() implements PageOutcome {}

    record Failed(Failure failure) implements PageOutcome {}
}
