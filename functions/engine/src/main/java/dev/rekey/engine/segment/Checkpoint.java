package dev.rekey.engine.segment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.core.item.TableDigest;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.scan.HotKeyProgress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Durable progress of one segment in one stage, written after its effects.
 *
 * @param format 1
 * @param page number of the next page, from 0
 * @param cursor where that page begins, as the stage writes it; empty at the beginning of the segment
 * @param done whether the segment is at its end
 * @param counts what was counted so far
 * @param statistics what was counted beside that; empty in stages that have only counts
 * @param digests of the records that were seen so far, by name; empty where the stage makes none
 * @param passage what was met of partition key values with many records; empty where nobody looks for them
 * @param history when all this was done; empty if an earlier version of Rekey began the segment
 * @param pace how fast the worker went; empty if nothing slowed it down
 * @param lease who works on the segment; empty when nobody does
 * @param logged how many log objects were written for the pages that are done, every attempt counted; 0 in stages that
 *     write none
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Checkpoint(
        int format,
        int page,
        Optional<JsonNode> cursor,
        boolean done,
        Map<Counted, Long> counts,
        Optional<SegmentStatistics> statistics,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, TableDigest> digests,
        Optional<HotKeyProgress> passage,
        Optional<History> history,
        Optional<PaceState> pace,
        Optional<Lease> lease,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long logged) {

    public Checkpoint {
        // Jackson reads a tree that is not there as the tree "null".
        cursor = cursor.filter(node -> !node.isNull());
        // Where there are none, none are written.
        digests = digests == null ? Map.of() : digests;
    }

    public static Checkpoint beginning() {
        return new Checkpoint(
                1,
                0,
                Optional.empty(),
                false,
                Map.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    /** After one more page, at {@code now}. */
    Checkpoint after(PageOutcome.Advanced page, Instant now) {
        var sum = Counted.sum(counts, page.counts());
        var allDigests = new TreeMap<>(digests);
        page.digests().forEach((name, digest) -> allDigests.merge(name, digest, TableDigest::plus));
        var all = page.statistics().equals(SegmentStatistics.NOTHING)
                ? statistics
                : Optional.of(statistics.orElse(SegmentStatistics.NOTHING).plus(page.statistics()));
        var next = page.next();
        var until = history.map(before -> before.marked(now, records(sum)));
        return new Checkpoint(
                format,
                this.page + 1,
                next,
                next.isEmpty(),
                sum,
                all,
                allDigests,
                page.passage(),
                until,
                pace,
                lease,
                logged + page.logged());
    }

    /** How many records the counts stand for: those that were read, or where nobody counts these, all. */
    private static long records(Map<Counted, Long> counts) {
        var read = counts.get(Counted.READ);
        return read != null
                ? read
                : counts.values().stream().mapToLong(count -> count).sum();
    }

    /** One more invocation begins. */
    Checkpoint begun(Instant now, boolean interrupted) {
        var before = history.orElseGet(() -> History.begun(now));
        var next = history.isEmpty() ? before : before.resumed(interrupted);
        return new Checkpoint(
                format,
                page,
                cursor,
                done,
                counts,
                statistics,
                digests,
                passage,
                Optional.of(next),
                pace,
                lease,
                logged);
    }

    /** The page is begun again. */
    Checkpoint retried() {
        return new Checkpoint(
                format,
                page,
                cursor,
                done,
                counts,
                statistics,
                digests,
                passage,
                history.map(History::retried),
                pace,
                lease,
                logged);
    }

    /** What the segment consumed until now. */
    Consumed consumed() {
        return history.map(History::consumed).orElse(Consumed.NOTHING);
    }

    Checkpoint consumed(Consumed all) {
        return new Checkpoint(
                format,
                page,
                cursor,
                done,
                counts,
                statistics,
                digests,
                passage,
                history.map(before -> before.consumed(all)),
                pace,
                lease,
                logged);
    }

    Checkpoint paced(Optional<PaceState> newPace) {
        return new Checkpoint(
                format, page, cursor, done, counts, statistics, digests, passage, history, newPace, lease, logged);
    }

    Checkpoint with(Optional<Lease> newLease) {
        return new Checkpoint(
                format, page, cursor, done, counts, statistics, digests, passage, history, pace, newLease, logged);
    }
}
