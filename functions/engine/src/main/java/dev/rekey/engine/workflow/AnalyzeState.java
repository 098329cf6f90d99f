package dev.rekey.engine.workflow;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.AnalyzeSegment;
import dev.rekey.engine.analyze.CandidatesSegment;
import dev.rekey.engine.analyze.CreatedCandidates;
import dev.rekey.engine.analyze.TargetConflicts;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.join.Existence;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.scan.Division;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.segment.SegmentWork.PageStep;
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
        var frozen = ports.runs().withoutOrphans(ports.documents(), task.run());
        if (item.side().filter(WorkItem.MERGE::equals).isPresent()) {
            return candidates(task, item, frozen);
        }
        var pacing = ports.pacing(task, ActiveWorkers.Part.all(Stage.ANALYZE, frozen.manifest()));
        var name = item.table().orElseThrow();
        return new LeasedSegment(ports, task, pacing)
                .run(
                        Stage.ANALYZE,
                        item,
                        ofPages -> analyzing(new Workplace(ofPages, task, frozen, name), item, pacing));
    }

    private PageStep analyzing(Workplace undecided, WorkItem item, Pacing pacing) {
        var ofPages = undecided.ports();
        var documents = ofPages.documents();
        var name = undecided.table();
        var referred = undecided.referred(pacing);
        var run = undecided.run().taking(referred);
        var scan = KindOfWork.of(undecided.with(run)).analyzed(pacing);
        // A sample wants the first records of each segment only, and what these refer to.
        var pages = run.manifest().options().sample().isPresent()
                ? scan
                : referred.with(name, scan, some -> ofPages.joined(some, pacing));
        var existing = Existence.inSourceOrTarget(run, ofPages.inSource(run, pacing), ofPages.inTarget(run, pacing));
        Function<TableName, TargetConflicts> conflicts = table -> new TargetConflicts(
                run,
                table,
                existing,
                ofPages.target(run, table, pacing),
                new EarlierWrites(documents, run.manifest(), table),
                kept(run, table),
                ofPages.invocation());
        return new AnalyzeSegment(run, name, item.segment(), pages, referred, conflicts, documents, bytesPerRange);
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
        var pages = run.manifest().options().sample().isPresent() ? scan : ports.joined(scan, pacing);
        var created =
                new CreatedCandidates(run, name, source, ports.invocation().concurrency());
        return new LeasedSegment(ports, task, pacing)
                .run(
                        Stage.MERGE,
                        item,
                        ofPages ->
                                new CandidatesSegment(run, name, item.segment(), pages, created, ofPages.documents()));
    }
}
