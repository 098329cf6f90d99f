package dev.rekey.engine.segment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.TableDigest;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.scan.HotKeyProgress;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Durable progress of one segment in one stage, written after its effects.
 *
 * @param format 1
 * @param progress how far the segment has come
 * @param collected what was collected from its pages
 * @param history when all this was done; empty if an earlier version of Rekey began the segment
 * @param pace how fast the worker went; empty if nothing slowed it down
 * @param lease the worker of the segment; empty if there is none
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Checkpoint(
        int format,
        Progress progress,
        Collected collected,
        Optional<History> history,
        Optional<PaceState> pace,
        Optional<Lease> lease) {

    /**
     * How far a segment has come.
     *
     * @param page number of the next page, from 0
     * @param cursor where that page begins, as the stage writes it; empty at the beginning of the segment
     * @param done whether the segment is at its end
     * @param logged how many log objects were written for the pages that are done, every attempt counted; 0 in stages
     *     that write none
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Progress(
            int page,
            Optional<JsonNode> cursor,
            boolean done,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) long logged) {
        public Progress {
            // Jackson reads a tree that is not there as the tree "null".
            cursor = cursor.filter(node -> !node.isNull());
        }

        private Progress after(PageOutcome.Advanced advanced) {
            var next = advanced.next();
            return new Progress(page + 1, next, next.isEmpty(), logged + advanced.logged());
        }
    }

    /**
     * What was collected from the pages of a segment.
     *
     * @param counts what was counted
     * @param statistics what was counted beside that; empty in stages that have only counts
     * @param digests of the records that were seen, by name; empty where the stage makes none
     * @param passage what was met of partition key values with many records; empty if they are not looked for
     * @param byTable what was collected of each table, where several tables share a physical table; then there are no other
     *     statistics and digests, and the other counts are those of all
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Collected(
            Map<Counted, Long> counts,
            Optional<SegmentStatistics> statistics,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, TableDigest> digests,
            Optional<HotKeyProgress> passage,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<TableName, Gathered> byTable) {
        public static final Collected NOTHING = new Collected(Map.of(), Optional.empty(), Map.of(), Optional.empty());

        /** Of a segment of one table. */
        public Collected(
                Map<Counted, Long> counts,
                Optional<SegmentStatistics> statistics,
                Map<String, TableDigest> digests,
                Optional<HotKeyProgress> passage) {
            this(counts, statistics, digests, passage, Map.of());
        }

        public Collected {
            // Where there are none, none are written.
            digests = digests == null ? Map.of() : digests;
            byTable = byTable == null ? Map.of() : byTable;
        }

        /**
         * What was collected of each table.
         *
         * @param segment the table whose segment this is
         */
        Map<TableName, Gathered> tables(TableName segment) {
            return byTable.isEmpty() ? Map.of(segment, new Gathered(counts, statistics, digests)) : byTable;
        }

        static Collected of(Gathered page) {
            return new Collected(page.counts(), page.statistics(), page.digests(), Optional.empty());
        }

        static Collected of(Map<TableName, Gathered> tables) {
            var counts = new EnumMap<Counted, Long>(Counted.class);
            tables.values().forEach(table -> Counted.add(table.counts(), counts));
            return new Collected(counts, Optional.empty(), Map.of(), Optional.empty(), Map.copyOf(tables));
        }

        Collected passing(Optional<HotKeyProgress> met) {
            return new Collected(counts, statistics, digests, met, byTable);
        }

        private Collected and(Collected page) {
            var sum = page.statistics
                    .filter(more -> !more.equals(SegmentStatistics.NOTHING))
                    .map(statistics.orElse(SegmentStatistics.NOTHING)::plus)
                    .or(() -> statistics);
            var tables = new TreeMap<>(byTable);
            page.byTable.forEach((table, gathered) -> tables.merge(table, gathered, Gathered::plus));
            return new Collected(
                    Counted.sum(counts, page.counts), sum, Gathered.sum(digests, page.digests), page.passage, tables);
        }
    }

    public static Checkpoint beginning() {
        return new Checkpoint(
                1,
                new Progress(0, Optional.empty(), false, 0),
                Collected.NOTHING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public int page() {
        return progress.page();
    }

    public Optional<JsonNode> cursor() {
        return progress.cursor();
    }

    public boolean done() {
        return progress.done();
    }

    public long logged() {
        return progress.logged();
    }

    public Map<Counted, Long> counts() {
        return collected.counts();
    }

    /** After one more page, at {@code now}. */
    Checkpoint after(PageOutcome.Advanced page, Instant now) {
        var all = collected.and(page.collected());
        var until = history.map(before -> before.marked(now, records(all.counts())));
        return new Checkpoint(format, progress.after(page), all, until, pace, lease);
    }

    /** How many records the counts stand for: those that were read or, if they are not counted, all. */
    private static long records(Map<Counted, Long> counts) {
        var read = counts.get(Counted.READ);
        return read != null
                ? read
                : counts.values().stream().mapToLong(count -> count).sum();
    }

    /** One more invocation begins. */
    Checkpoint begun(Instant now, boolean interrupted) {
        var before = history.orElseGet(() -> History.begun(now));
        return with(Optional.of(history.isEmpty() ? before : before.resumed(interrupted)), pace, lease);
    }

    /** The page is begun again. */
    Checkpoint retried() {
        return with(history.map(History::retried), pace, lease);
    }

    /** What the segment consumed until now. */
    Consumed consumed() {
        return history.map(History::consumed).orElse(Consumed.NOTHING);
    }

    Checkpoint consumed(Consumed all) {
        return with(history.map(before -> before.consumed(all)), pace, lease);
    }

    Checkpoint paced(Optional<PaceState> newPace) {
        return with(history, newPace, lease);
    }

    Checkpoint with(Optional<Lease> newLease) {
        return with(history, pace, newLease);
    }

    private Checkpoint with(Optional<History> newHistory, Optional<PaceState> newPace, Optional<Lease> newLease) {
        return new Checkpoint(format, progress, collected, newHistory, newPace, newLease);
    }
}
