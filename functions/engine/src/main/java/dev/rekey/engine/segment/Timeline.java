package dev.rekey.engine.segment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rekey.core.plan.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * How one stage of one level went.
 *
 * @param stage {@code merge}, {@code analyze}, {@code copy}, {@code verify}, {@code verifyTarget} or {@code rollback}
 * @param level from 1; 0 for a stage that knows no levels
 * @param bucketMillis length of one step of {@code rate}, at least 1
 * @param rate how many records were done in each step from {@code begunAt} on
 * @param tables in the order in which they were begun
 */
public record Timeline(
        String stage,
        int level,
        Instant begunAt,
        Instant endedAt,
        long bucketMillis,
        List<Long> rate,
        List<OfTable> tables) {
    private static final int BUCKETS = 60;
    private static final int SEGMENTS_OF_TABLE = 40;

    /**
     * How the stage went in one table. The JSON document has the fields of all parts side by side.
     *
     * @param whole of all segments together
     * @param consumed by all segments together
     * @param spans of single segments; empty if there is one, or too many
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record OfTable(
            TableName table,
            @JsonUnwrapped Span whole,
            @JsonUnwrapped Attempts attempts,
            @JsonUnwrapped Consumed consumed,
            List<Span> spans) {
        public OfTable {
            // An empty list is not written, so it is not read either.
            spans = spans == null ? List.of() : List.copyOf(spans);
        }
    }

    /**
     * How often work was begun.
     *
     * @param segments how many the table has
     * @param invocations how many invocations worked on them
     * @param retries how often one of them had to begin again
     * @param throttled at how many segments the tables refused requests
     */
    public record Attempts(
            int segments,
            int invocations,
            int retries,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int throttled) {}

    /** Of one segment, or of several together. */
    public record Span(Instant begunAt, Instant endedAt, long records) {}

    /** Empty if there are no segments. */
    public static Optional<Timeline> of(String stage, int level, List<SegmentSpan> segments) {
        if (segments.isEmpty()) {
            return Optional.empty();
        }
        var begun = begunAt(segments);
        var ended = endedAt(segments);
        long bucket = Math.max(1, Math.ceilDiv(Duration.between(begun, ended).toMillis(), BUCKETS));
        return Optional.of(new Timeline(
                stage, level, begun, ended, bucket, rate(begun, ended, bucket, segments), tables(segments)));
    }

    private static Instant begunAt(List<SegmentSpan> segments) {
        return segments.stream()
                .map(SegmentSpan::begunAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static Instant endedAt(List<SegmentSpan> segments) {
        return segments.stream()
                .map(SegmentSpan::endedAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    public Duration took() {
        return Duration.between(begunAt, endedAt);
    }

    public long records() {
        return tables.stream().mapToLong(table -> table.whole().records()).sum();
    }

    private static List<OfTable> tables(List<SegmentSpan> segments) {
        var byTable = new TreeMap<TableName, List<SegmentSpan>>();
        segments.forEach(segment -> byTable.computeIfAbsent(segment.table(), name -> new ArrayList<>())
                .add(segment));
        return byTable.entrySet().stream()
                .map(one -> ofTable(one.getKey(), one.getValue()))
                .sorted(Comparator.comparing(table -> table.whole().begunAt()))
                .toList();
    }

    private static OfTable ofTable(TableName table, List<SegmentSpan> segments) {
        boolean shown = segments.size() > 1 && segments.size() <= SEGMENTS_OF_TABLE;
        return new OfTable(
                table,
                new Span(
                        begunAt(segments),
                        endedAt(segments),
                        segments.stream().mapToLong(SegmentSpan::records).sum()),
                new Attempts(
                        segments.size(),
                        segments.stream()
                                .mapToInt(one -> one.history().invocations())
                                .sum(),
                        segments.stream()
                                .mapToInt(one -> one.history().retries())
                                .sum(),
                        (int) segments.stream().filter(SegmentSpan::throttled).count()),
                segments.stream().map(one -> one.history().consumed()).reduce(Consumed.NOTHING, Consumed::plus),
                shown
                        ? segments.stream()
                                .map(one -> new Span(one.begunAt(), one.endedAt(), one.records()))
                                .toList()
                        : List.of());
    }

    /** What was done between two marks is spread evenly over the time between them. */
    private static List<Long> rate(Instant begun, Instant ended, long bucket, List<SegmentSpan> segments) {
        int steps =
                (int) Math.max(1, Math.ceilDiv(Duration.between(begun, ended).toMillis(), bucket));
        var sums = new double[steps];
        for (var segment : segments) {
            for (var part : segment.parts()) {
                spread(part, begun, bucket, sums);
            }
        }
        return LongStream.range(0, steps)
                .map(i -> Math.round(sums[(int) i]))
                .boxed()
                .toList();
    }

    private static void spread(SegmentSpan.Part part, Instant begun, long bucket, double[] sums) {
        double from = Duration.between(begun, part.from()).toMillis() / (double) bucket;
        double to = Duration.between(begun, part.to()).toMillis() / (double) bucket;
        int first = Math.clamp((long) from, 0, sums.length - 1);
        int last = Math.clamp((long) to, 0, sums.length - 1);
        for (int i = first; i <= last; i++) {
            double share =
                    to <= from ? 1.0 / (last - first + 1) : (Math.min(to, i + 1) - Math.max(from, i)) / (to - from);
            sums[i] += part.records() * Math.max(0, share);
        }
    }
}
