package dev.rekey.engine.scan;

import dev.rekey.core.item.ItemSize;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Tables.Cursor;
import dev.rekey.engine.store.Tables.Scanned;
import java.util.Optional;

/**
 * Chooses the number of scan segments from a look at the table itself: DescribeTable's counts are up to six hours old.
 * A table of one page has one segment. Of a larger one, a few thin slices are read to estimate the whole.
 */
public record SegmentProbe(Tables tables, Backoff backoff) {
    /** One segment for so many bytes: about two minutes of one worker. */
    public static final long BYTES_PER_SEGMENT = 48L << 20;

    /** As many workers at least for a table of several pages. */
    private static final int FEWEST_OF_LARGE_TABLE = 4;

    private static final int MOST_SEGMENTS = 10_000;
    private static final int MOST_SLICES = 1_000_000;
    private static final int FIRST_SLICES = 64;
    private static final int SLICES_READ = 3;
    /** More than 1 MB has, nearly always. DynamoDB Local reads all that is left of a table where nothing limits a page. */
    private static final int MOST_RECORDS_READ = 10_000;
    /** Of the thinnest slices that there are: a table of more than a terabyte has several pages in each. */
    private static final int MOST_PAGES_OF_SLICE = 64;

    /**
     * What the probe found.
     *
     * @param records exact for a table of one page, else an estimate
     * @param bytes likewise
     */
    public record Estimate(long records, long bytes, int segments) {
        /** The slices may all be empty where the table is not. */
        Estimate atLeast(long seenRecords, long seenBytes) {
            return new Estimate(Math.max(records, seenRecords), Math.max(bytes, seenBytes), segments);
        }
    }

    Estimate probe(PhysicalTable table) {
        var first = scan(table, 0, 1, Optional.empty());
        if (first.next().isEmpty()) {
            return new Estimate(first.items().size(), bytes(first), 1);
        }
        for (int slices = FIRST_SLICES; ; slices = Math.min(MOST_SLICES, slices * 16)) {
            var estimate = sampled(table, slices, slices == MOST_SLICES);
            if (estimate.isPresent()) {
                return estimate.get().atLeast(first.items().size(), bytes(first));
            }
        }
    }

    /** Empty if a slice is larger than a page, unless slices cannot be thinner: then its pages are read. */
    private Optional<Estimate> sampled(PhysicalTable table, int slices, boolean thinnest) {
        long records = 0;
        long bytes = 0;
        for (int i = 0; i < SLICES_READ; i++) {
            int segment = (int) ((long) slices * i / SLICES_READ);
            var slice = scan(table, segment, slices, Optional.empty());
            records += slice.items().size();
            bytes += bytes(slice);
            if (slice.next().isPresent() && !thinnest) {
                return Optional.empty();
            }
            for (int page = 1; page < MOST_PAGES_OF_SLICE && slice.next().isPresent(); page++) {
                slice = scan(table, segment, slices, slice.next());
                records += slice.items().size();
                bytes += bytes(slice);
            }
        }
        long allBytes = bytes * slices / SLICES_READ;
        long segments = Math.clamp(allBytes / BYTES_PER_SEGMENT + 1, FEWEST_OF_LARGE_TABLE, MOST_SEGMENTS);
        return Optional.of(new Estimate(records * slices / SLICES_READ, allBytes, (int) segments));
    }

    private Scanned scan(PhysicalTable table, int segment, int of, Optional<Cursor> from) {
        return backoff.retry(() -> tables.scan(new Tables.Scan(table, segment, of, from, MOST_RECORDS_READ, false)));
    }

    private static long bytes(Scanned scanned) {
        return scanned.items().stream().mapToLong(ItemSize::bytes).sum();
    }
}
