package dev.rekey.engine.proof;

import dev.rekey.engine.log.LogEntry;
import dev.rekey.engine.log.Operation;
import dev.rekey.engine.log.Origin;
import dev.rekey.engine.log.SegmentLog;
import dev.rekey.engine.log.Touched;
import dev.rekey.engine.proof.Execution.Start;
import dev.rekey.engine.report.RunReport;
import dev.rekey.engine.run.Counted;
import dev.rekey.engine.run.Segment;
import dev.rekey.engine.run.Stage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    /**
     * The same, but of an update only what stood before it and after: an attempt that finds what an earlier one wrote read
     * something else.
     */
    Whole withoutAttempts() {
        var all = new TreeMap<String, List<LogEntry>>();
        entries.forEach((table, ofTable) ->
                all.put(table, ofTable.stream().map(Whole::withoutAttempt).toList()));
        return new Whole(target, all, checkpoints, counts, verification, byTable);
    }

    private static LogEntry withoutAttempt(LogEntry entry) {
        if (!(entry.operation() instanceof Operation.Update update)) {
            return entry;
        }
        var touched = new TreeMap<String, Touched>();
        update.touched().forEach((name, one) -> touched.put(name, Touched.first(one.before(), one.after())));
        return new LogEntry(
                new Origin(entry.origin().key(), entry.content()),
                entry.key(),
                new Operation.Update(touched, Map.of(), entry.content()),
                entry.content(),
                entry.expires(),
                entry.table());
    }

    static Whole of(Site site, Start start, RunReport report) {
        var run = start.run();
        var entries = new TreeMap<String, List<LogEntry>>();
        for (var table : site.manifest(run).units()) {
            var log = site.undoLog(run);
            int segments = site.manifest(run).table(table).allSegments();
            entries.put(
                    table.value(),
                    IntStream.range(0, segments)
                            .mapToObj(index -> SegmentLog.load(log, table, new Segment(index, segments)))
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
