package dev.rekey.engine.forecast;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.scan.JoinedPages;
import dev.rekey.engine.segment.Cost;
import dev.rekey.engine.segment.SegmentStatistics;
import dev.rekey.engine.segment.Units;

/**
 * What one table gives a migration to do.
 *
 * @param scale how many times more there is than was counted: 1 unless a sample was read
 * @param records that the source holds
 * @param targetBytes of the records that migrate, as they were counted
 * @param consistent whether the source is read consistently
 * @param onCondition whether each record is created by a request of its own, on condition that nothing is there
 * @param merging whether the run merges records: each segment lists what ended before its level
 * @param refersToGone whether its records may refer to those that the run deletes
 * @param lookUps what is read by key because records are merged, created or missing, or references removed
 */
public record Load(
        TableName table,
        TableOfRun shape,
        double scale,
        double records,
        long targetBytes,
        SegmentStatistics statistics,
        boolean consistent,
        boolean onCondition,
        boolean merging,
        boolean refersToGone,
        LookUps lookUps) {
    /**
     * What is read of a table because its records are merged or missing, and because of what its records refer to.
     *
     * @param matched whether records are compared or need others to be created, for which the table is read once more
     * @param soughtUnits of the ids for which records may be created, page by page
     * @param askedUnits of the records that the plan merges into others, and of these
     * @param againUnits of the records that are merged, and of those that they are merged into
     * @param removed what is looked for once more because references to it are removed
     * @param missing of the ids to which references point in vain
     */
    public record LookUps(
            boolean matched,
            double soughtUnits,
            double askedUnits,
            double againUnits,
            Removed removed,
            Missing missing) {
        public static final LookUps NONE = new LookUps(false, 0, 0, 0, Removed.NOTHING, Missing.NONE);
    }

    /**
     * Ids for which the table has no record.
     *
     * @param asked how many are looked up by key, on both sides together
     * @param scans how many times the source is read for all the others
     */
    public record Missing(long asked, int scans) {
        public static final Missing NONE = new Missing(0, 0);

        public Missing plus(Missing more) {
            return new Missing(asked + more.asked, scans + more.scans);
        }
    }

    /**
     * Records that do not exist, and that references which are removed in place point to.
     *
     * @param onPages how many, for each page once
     * @param identities how many different ones
     */
    public record Removed(double onPages, double identities) {
        static final Removed NOTHING = new Removed(0, 0);
    }

    /** A page of a scan. */
    private static final double PAGE_BYTES = 1 << 20;

    private static final double UNIT_BYTES = 4096;
    private static final double PAGE_UNITS = PAGE_BYTES / UNIT_BYTES;
    /** A table of several pages is looked at in slices before it is cut into segments. */
    private static final double SLICES_READ = 3;

    private static final long NEW_TABLE_READS = 12_000;
    private static final long NEW_TABLE_WRITES = 4_000;
    private static final double SLICES = 64;
    private static final double EVENTUALLY = 0.5;
    /** What DynamoDB Local calls the region of its tables. */
    private static final String LOCAL = "ddblocal";

    double cost(Cost kind) {
        return statistics.cost(kind) * scale;
    }

    /** Of the source. The pages of a sample are cut short: there the bytes tell. */
    double pages() {
        double pages = scale == 1 ? cost(Cost.PAGES) : Math.ceil(targetBytes * scale / PAGE_BYTES);
        return Math.max(shape.sourceSegments().scans(), pages);
    }

    /** Of a consistent scan of the source. */
    private double wholeScan() {
        if (isOfFiles()) {
            return 0;
        }
        return scale == 1 ? cost(Cost.SOURCE_SCAN) : Math.ceil(targetBytes * scale / UNIT_BYTES);
    }

    double targetPages() {
        return Math.max(shape.targetSegments().scans(), Math.ceil(targetBytes * scale / PAGE_BYTES));
    }

    /** How often so many pages are read together, as analysis and verification do. */
    double readings() {
        return kind() == Kind.GONE
                ? pages()
                : Math.max(shape.sourceSegments().scans(), Math.ceil(pages() / JoinedPages.MOST));
    }

    double targetReadings() {
        return isReadWithTable() ? 0 : Math.max(targetSegments(), Math.ceil(targetPages() / JoinedPages.MOST));
    }

    double sourceSegments() {
        return shape.sourceSegments().scans();
    }

    double targetSegments() {
        return isReadWithTable() ? 0 : shape.targetSegments().scans();
    }

    /** Such records are verified with the other records of their table. */
    private boolean isReadWithTable() {
        return kind() == Kind.LISTED || kind() == Kind.GONE;
    }

    double migrating() {
        return statistics.targetSizes().count() * scale;
    }

    double writeUnits() {
        return cost(Cost.TABLE_WRITE) + cost(Cost.INDEX_WRITE);
    }

    /** Of the source, or of the table of both sides that bears less. */
    double readsPerSecond(boolean ofBoth) {
        var source = shape.source().bears().reads();
        var target = ofBoth ? shape.target().bears().reads() : source;
        return Math.min(source.orElse(NEW_TABLE_READS), target.orElse(NEW_TABLE_READS));
    }

    double writesPerSecond() {
        return shape.target().bears().writes().orElse(NEW_TABLE_WRITES);
    }

    /** Whether DynamoDB says what the tables bear. */
    boolean isCapacityKnown() {
        return !shape.source().bears().isUnknown() && !shape.target().bears().isUnknown();
    }

    /** What replicas in other regions take of the same writes, with their indexes. */
    double replicaWriteUnits() {
        return writeUnits() * shape.target().followers().regions().size();
    }

    /** A scan as the plan wants it. */
    double scanUnits() {
        return wholeScan() * (consistent ? 1 : EVENTUALLY);
    }

    /** The look at both tables before anything is laid out; the target holds what is to be deleted, as far as a forecast knows. */
    double probeUnits() {
        return switch (kind()) {
            case LISTED, MERGED_AWAY -> 0;
            case IN_PLACE -> EVENTUALLY * probedUnits(wholeScan());
            case COPIED -> EVENTUALLY * probedUnits(wholeScan()) + EVENTUALLY;
            case IMPORTED -> EVENTUALLY;
            case GONE -> EVENTUALLY * probedUnits(targetBytes / UNIT_BYTES);
        };
    }

    private static double probedUnits(double scan) {
        double first = Math.min(scan, PAGE_UNITS);
        double slices = scan > PAGE_UNITS ? SLICES_READ * Math.min(scan / SLICES, PAGE_UNITS) : 0;
        return first + slices;
    }

    /** Where the records are read, and how they are written. */
    private enum Kind {
        COPIED,
        /** They come from files, which takes requests and no units. */
        IMPORTED,
        IN_PLACE,
        /** They come from the run's folder, and not from a table. */
        LISTED,
        /** They are found by their ids, after all others were changed. */
        MERGED_AWAY,
        /** They are deleted by their keys, which the run's folder lists. */
        GONE
    }

    private Kind kind() {
        return switch (table.part()) {
            case CREATED -> Kind.LISTED;
            case GONE -> Kind.GONE;
            case MERGED_AWAY -> Kind.MERGED_AWAY;
            case WHOLE -> {
                if (isOfFiles()) {
                    yield Kind.IMPORTED;
                }
                yield shape.source().isSameTableAs(shape.target()) ? Kind.IN_PLACE : Kind.COPIED;
            }
        };
    }

    private boolean isOfFiles() {
        return shape.source().table().isFiles();
    }

    /** Requests that read the files once. */
    double fileReads() {
        return kind() == Kind.IMPORTED ? cost(Cost.FILE_READS) : 0;
    }

    /** What is read by no worker at a segment. */
    double unitsBesideSegments(int levels) {
        return probeUnits() + lookUps.askedUnits() + (levels + 1) * lookUps.againUnits() + missingUnits() + goneUnits();
    }

    /** The first of them for this forecast, and all of them when the level of their table has found that they are gone. */
    private double goneUnits() {
        return kind() == Kind.GONE
                ? cost(Cost.TARGET_READ) * (1 + Math.min(1, GoneCopies.LOOKED_AT / Math.max(1, records)))
                : 0;
    }

    private double missingUnits() {
        return absent(lookUps.missing().asked() * scale) + lookUps.missing().scans() * wholeScan();
    }

    /** A look for each key in the target, where nothing is yet. */
    double lookUnits() {
        return kind() == Kind.COPIED || kind() == Kind.IMPORTED ? absent(migrating()) : 0;
    }

    /** Of looks for keys that nothing has: a unit each, which DynamoDB Local does not count. */
    private double absent(double keys) {
        return shape.target().region().equals(LOCAL) ? 0 : keys;
    }

    boolean isAnalyzed() {
        return kind() != Kind.MERGED_AWAY && kind() != Kind.GONE;
    }

    boolean isGone() {
        return kind() == Kind.GONE;
    }

    boolean isMatched() {
        return lookUps.matched();
    }

    /** Before the analysis. */
    double mergeReadUnits() {
        return (isMatched() ? scanUnits() : 0) + lookUps.soughtUnits();
    }

    /** A target that was not empty is searched for conflicts. */
    double analyzeReadUnits() {
        return switch (kind()) {
            case MERGED_AWAY, GONE -> 0;
            case LISTED -> cost(Cost.REFERRED_ANALYZE);
            case COPIED, IMPORTED, IN_PLACE ->
                scanUnits() + (shape.targetWasEmpty() ? 0 : lookUnits()) + cost(Cost.REFERRED_ANALYZE);
        };
    }

    /** Each target key is read before it is written; in place, the scan is consistent. */
    double copyReadUnits() {
        double read = switch (kind()) {
            case LISTED -> migrating();
            case IN_PLACE, MERGED_AWAY -> wholeScan() + absent(lookUps.removed().onPages());
            case COPIED, IMPORTED -> scanUnits() + lookUnits();
            // What is to be deleted, and whether its source record has come back.
            case GONE -> cost(Cost.TARGET_READ) + absent(records);
        };
        return read + cost(Cost.REFERRED_COPY);
    }

    /** The source, each target record by its key, and the target table as a whole. */
    double verifyReadUnits() {
        return switch (kind()) {
            case MERGED_AWAY -> 2 * wholeScan();
            // With their table, whose scan still meets them, and by key, when they are deleted.
            case GONE -> targetBytes / UNIT_BYTES + absent(records);
            // By key, and then with the other records of the table.
            case LISTED -> 2.0 * targetUnits() + cost(Cost.REFERRED_VERIFY);
            case IN_PLACE -> migrating() > 0 ? changedReadUnits() : copiedReadUnits();
            case COPIED, IMPORTED -> copiedReadUnits();
        };
    }

    /** Both sides are the same records: as the run has changed them, and those that it leaves as they are. */
    private double changedReadUnits() {
        return 2 * targetUnits() * records / migrating()
                + absent(lookUps.removed().identities())
                + cost(Cost.REFERRED_VERIFY);
    }

    private double copiedReadUnits() {
        return (isOfFiles() ? 0 : cost(Cost.SOURCE_SCAN))
                + cost(Cost.REFERRED_VERIFY)
                + cost(Cost.TARGET_READ)
                + Math.max(shape.targetSegments().scans(), (double) targetUnits());
    }

    private long targetUnits() {
        return Units.reads((long) (targetBytes * scale));
    }

    /** @param levels before and after which merges are judged again */
    double readUnits(int levels) {
        return unitsBesideSegments(levels)
                + mergeReadUnits()
                + analyzeReadUnits()
                + copyReadUnits()
                + verifyReadUnits();
    }
}
