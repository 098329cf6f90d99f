package dev.rekey.engine.workflow;

import dev.rekey.engine.analyze.AnalyzeSegment;
import dev.rekey.engine.analyze.TargetConflicts;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.scan.JoinedPages;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.SegmentOutcome;

/**
 * Reads one segment of a source table.
 *
 * @param bytesPerRange after so many bytes the records of one partition key value may be cut
 */
public record AnalyzeState(Ports ports, long bytesPerRange) {
    public SegmentOutcome run(Task task, WorkItem item) {
        var documents = ports.documents();
        var invocation = ports.invocation();
        var name = item.table().orElseThrow();
        var run = ports.runs().withoutOrphans(documents, task.run());
        var pacing = ports.pacing(task, ActiveWorkers.Part.all(Stage.ANALYZE, run.manifest()));
        var scan = ports.scannedSource(
                run, run.manifest().table(name), pacing, run.plan().source().consistentRead());
        // A sample wants the first records of each segment only.
        var source = run.manifest().options().sample().isPresent() ? scan : new JoinedPages(scan, invocation);
        var conflicts = new TargetConflicts(
                run,
                name,
                ports.source(run, pacing),
                ports.target(run, pacing),
                new EarlierWrites(documents, run.manifest(), name),
                invocation);
        var step = new AnalyzeSegment(run, name, item.segment(), source, conflicts, documents, bytesPerRange);
        return new LeasedSegment(ports, task, pacing).run(Stage.ANALYZE, item, step);
    }
}
