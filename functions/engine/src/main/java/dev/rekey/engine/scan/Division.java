package dev.rekey.engine.scan;

import dev.rekey.core.item.TableShape;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.run.Range;
import java.util.List;

/**
 * How a table is read.
 *
 * @param scans number of segments of the parallel scan; those of the ranges come after them
 * @param pageRecords how many records a page has at most; 0 for as many as make 1 MB
 * @param consistent whether a read sees every write before it
 */
public record Division(TableShape table, int scans, List<Range> ranges, int pageRecords, boolean consistent) {
    /** In one segment and pages of 1 MB. */
    public static Division whole(TableShape table, boolean consistent) {
        return new Division(table, 1, List.of(), 0, consistent);
    }

    /** The source of a table, as the run divides it. */
    public static Division ofSource(TableOfRun table, boolean consistent) {
        return new Division(
                table.source(),
                table.sourceSegments().scans(),
                table.sourceSegments().ranges(),
                table.pageRecords(),
                consistent);
    }

    /** The source of a table before crowded keys are known. */
    public static Division ofSourceWithoutRanges(TableOfRun table, boolean consistent) {
        return new Division(table.source(), table.sourceSegments().scans(), List.of(), table.pageRecords(), consistent);
    }

    /** The target of a table, as the run divides it; consistently. */
    public static Division ofTarget(TableOfRun table) {
        return new Division(
                table.target(),
                table.targetSegments().scans(),
                table.targetSegments().ranges(),
                table.pageRecords(),
                true);
    }
}
