package dev.rekey.engine.workflow;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.AnalyzeSegment;
import dev.rekey.engine.analyze.CandidatesSegment;
import dev.rekey.engine.analyze.CreatedCandidates;
import dev.rekey.engine.analyze.TargetConflicts;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.join.Existence;
import dev.rekey.engine.join.ReferredValues;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.scan.Division;
import dev.rekey.engine.scan.JoinedPages;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.undo.KeptDrift;
import java.util.List;
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
        var frozen = ports.runs().withoutOrphans(documents, task.run());
        if (item.side().filter(WorkItem.MERGE::equals).isPresent()) {
            return candidates(task, item, frozen);
        }
        var pacing = ports.pacing(task, ActiveWorkers.Part.all(Stage.ANALYZE, frozen.manifest()));
        var source = ports.source(frozen, pacing);
        var referred = ReferredValues.of(frozen, source, documents);
        var run = frozen.taking(referred);
        var scan = name.isCreated()
                ? ports.records(run, name, pacing, true)
                : source.read(Division.ofSourceWithoutRanges(
                        run.manifest().table(name), run.plan().source().consistentRead()));
        // A sample wants the first records of each segment only, and what these refer to.
        var pages = run.manifest().options().sample().isPresent()
                ? scan
                : referred.with(name, scan, all -> new JoinedPages(all, invocation));
        var existing = Existence.inSourceOrTarget(run, ports.inSource(run, pacing), ports.inTarget(run, pacing));
        Function<TableName, TargetConflicts> conflicts = table -> new TargetConflicts(
                run,
                table,
                existing,
                ports.target(run, table, pacing),
                new EarlierWrites(documents, run.manifest(), table),
                kept(run, table),
                invocation);
        var step = new AnalyzeSegment(run, name, item.segment(), pages, referred, conflicts, documents, bytesPerRange);
        return new LeasedSegment(ports, task, pacing).run(Stage.ANALYZE, item, step);
    }

    private KeptDrift kept(RunContext run, TableName table) {
        var manifest = run.manifest();
        return new KeptDrift(
                ports.documents(),
                () -> EarlierRuns.rolledBack(ports.documents(), manifest.plan(), manifest.run()),
                manifest.table(table).target());
    }

    /** Reads the records that may be merged or need others to be created, in a table that may be beside the run's scope. */
    private SegmentOutcome candidates(Task task, WorkItem item, RunContext run) {
        var name = item.table().orElseThrow();
        var parts = List.of(new ActiveWorkers.Part(Stage.MERGE, name, item.of()));
        var pacing = ports.pacing(task, parts);
        var division = new Division(
                run.manifest().shapes(name).source(),
                item.of(),
                List.of(),
                0,
                run.plan().source().consistentRead());
        var source = ports.source(run, pacing);
        var scan = source.read(division);
        var pages = run.manifest().options().sample().isPresent() ? scan : new JoinedPages(scan, ports.invocation());
        var created =
                new CreatedCandidates(run, name, source, ports.invocation().concurrency());
        var step = new CandidatesSegment(run, name, item.segment(), pages, created, ports.documents());
        return new LeasedSegment(ports, task, pacing).run(Stage.MERGE, item, step);
    }
}
