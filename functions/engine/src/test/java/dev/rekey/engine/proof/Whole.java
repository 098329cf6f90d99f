package dev.rekey.engine.proof;

import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.undo.LogEntry;
import dev.rekey.engine.undo.SegmentLog;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a migration leaves behind that must not depend on where it was stopped.
 *
 * @param target everything in the tables
 * @param entries of the undo log: old and new ids, outcomes, before-images
 * @param checkpoints of analysis and copy: pages, cursors, counts, nobody's lease
 * @param counts of the report
 */
record Whole(
        String target,
        Map<String, List<LogEntry>> entries,
        String checkpoints,
        Map<Counted, Long> counts,
        Map<Counted, Long> verification,
        Map<?, RunReport.OfTable> byTable) {

    /** The same, without where its pages begin and end. */
    Whole withoutPages() {
        return new Whole(target, entries, "", counts, verification, byTable);
    }

    static Whole of(Site site, RunId run, RunReport report) {
        var entries = new java.util.TreeMap<String, List<LogEntry>>();
        for (var table : Functions.plan(Exhibit.PLAN).tables()) {
            var log = site.undoLog(run);
            int segments = site.manifest(run).table(table.name()).allSegments();
            entries.put(
                    table.name().value(),
                    IntStream.range(0, segments)
                            .mapToObj(index -> SegmentLog.load(log, table.name(), new Segment(index, segments)))
                            .flatMap(segment -> segment.last().stream())
                            .flatMap(ref -> log.read(ref).entries().stream())
                            .toList());
        }
        return new Whole(
                site.dump(),
                entries,
                site.checkpoints(run, Stage.ANALYZE) + "\n" + site.checkpoints(run, Stage.COPY),
                report.work().counts(),
                report.verified().verification(),
                report.work().tables());
    }
}
