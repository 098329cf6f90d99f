package dev.rekey.engine.analyze;

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
 */
public record Load(
        TableName table,
        TableOfRun shape,
        double scale,
        double records,
        long targetBytes,
        SegmentStatistics statistics,
        boolean consistent) {
    /** A page of a scan. */
    private static final double PAGE_BYTES = 1 << 20;

    private static final double UNIT_BYTES = 4096;
    private static final double PAGE_UNITS = PAGE_BYTES / UNIT_BYTES;
    /** A table of several pages is looked at in slices before it is cut into segments. */
    private static final double SLICES_READ = 3;

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
        return scale == 1 ? cost(Cost.SOURCE_SCAN) : Math.ceil(targetBytes * scale / UNIT_BYTES);
    }

    double targetPages() {
        return Math.max(shape.targetSegments().scans(), Math.ceil(targetBytes * scale / PAGE_BYTES));
    }

    /** How often so many pages are read together, as analysis and verification do. */
    double readings() {
        return Math.max(shape.sourceSegments().scans(), Math.ceil(pages() / JoinedPages.MOST));
    }

    double targetReadings() {
        return Math.max(shape.targetSegments().scans(), Math.ceil(targetPages() / JoinedPages.MOST));
    }

    double migrating() {
        return statistics.targetSizes().count() * scale;
    }

    double writeUnits() {
        return cost(Cost.TABLE_WRITE) + cost(Cost.INDEX_WRITE);
    }

    /** A scan as the plan wants it. */
    double scanUnits() {
        return wholeScan() * (consistent ? 1 : EVENTUALLY);
    }

    /** The look at both tables before anything is laid out; the target is empty, as far as a forecast knows. */
    double probeUnits() {
        double scan = wholeScan();
        double first = Math.min(scan, PAGE_UNITS);
        double slices = scan > PAGE_UNITS ? SLICES_READ * Math.min(scan / SLICES, PAGE_UNITS) : 0;
        return EVENTUALLY * (first + slices) + (isInPlace() ? 0 : EVENTUALLY);
    }

    /** Records are changed where they are read. */
    private boolean isInPlace() {
        return shape.source().isSameTableAs(shape.target());
    }

    /** A look for each key in the target, where nothing is yet: a unit each, which DynamoDB Local does not count. */
    double lookUnits() {
        return isInPlace() || shape.target().region().equals(LOCAL) ? 0 : migrating();
    }

    /** A target that was not empty is searched for conflicts. */
    double analyzeReadUnits() {
        return scanUnits() + (shape.targetWasEmpty() ? 0 : lookUnits());
    }

    /** Each target key is read before it is written; in place, the scan is consistent. */
    double copyReadUnits() {
        return isInPlace() ? wholeScan() : scanUnits() + lookUnits();
    }

    /** The source, each target record by its key, and the target table as a whole. */
    double verifyReadUnits() {
        return cost(Cost.SOURCE_SCAN)
                + cost(Cost.TARGET_READ)
                + Math.max(shape.targetSegments().scans(), (double) Units.reads((long) (targetBytes * scale)));
    }

    double readUnits() {
        return probeUnits() + analyzeReadUnits() + copyReadUnits() + verifyReadUnits();
    }
}
