package dev.rekey.engine.workflow;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.AnalyzeSegment;
import dev.rekey.engine.analyze.TargetConflicts;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.scan.Division;
import dev.rekey.engine.scan.JoinedPages;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.SegmentOutcome;
import java.util.function.Function;

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
        var source = ports.source(run, pacing);
        var scan = source.read(Division.ofSourceWithoutRanges(
                run.manifest().table(name), run.plan().source().consistentRead()));
        // A sample wants the first records of each segment only.
        var pages = run.manifest().options().sample().isPresent() ? scan : new JoinedPages(scan, invocation);
        Function<TableName, TargetConflicts> conflicts = table -> new TargetConflicts(
                run,
                table,
                source,
                ports.target(run, pacing),
                new EarlierWrites(documents, run.manifest(), table),
                invocation);
        var step = new AnalyzeSegment(run, name, item.segment(), pages, conflicts, documents, bytesPerRange);
        return new LeasedSegment(ports, task, pacing).run(Stage.ANALYZE, item, step);
    }
}
