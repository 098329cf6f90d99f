package dev.rekey.engine.workflow;

import dev.rekey.core.plan.Limits;
import dev.rekey.engine.analyze.DeclaredReferences;
import dev.rekey.engine.analyze.JoinedChecks;
import dev.rekey.engine.analyze.Matches;
import dev.rekey.engine.join.Existence;
import dev.rekey.engine.join.MatchPartition;
import dev.rekey.engine.join.MatchPartition.Earlier;
import dev.rekey.engine.join.MatchPartition.Existing;
import dev.rekey.engine.join.RememberedLookups;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.verify.LevelMatch;
import dev.rekey.engine.verify.Unlogged;
import java.util.Map;

/** Matches one partition of a join. */
public record MatchState(Ports ports) {
    public SegmentOutcome run(Task task, WorkItem item) {
        var control = ports.control(task);
        if (control.epoch() != task.epoch()) {
            // A superseded execution returns at once: a paused one would be woken, and come here again.
            return new SegmentOutcome.Stopped();
        }
        if (control.paused().isPresent()) {
            return new SegmentOutcome.Paused(0);
        }
        var run = ports.runs().withoutOrphans(ports.documents(), task.run());
        var pacing = pacing(task, run, control.limits());
        try {
            if (item.level() == 0) {
                analysis(run, pacing, item.index());
            } else {
                level(task, run, pacing, item);
            }
            return new SegmentOutcome.Done(Map.of());
        } catch (StoreException e) {
            return switch (e.kind()) {
                // Slowed down until the invocation was up: no failure, the next invocation begins the partition again.
                case THROTTLED -> new SegmentOutcome.More(0, Map.of());
                case UNAVAILABLE, DENIED, MISSING, INVALID -> throw e;
            };
        }
    }

    private void level(Task task, RunContext frozen, Pacing pacing, WorkItem item) {
        var run = ports.runs().at(ports.documents(), frozen, item.level());
        var source = ports.inSource(run, pacing);
        var outOfScope = Existence.besideScope(run, ports.inTarget(run, pacing));
        var work = new LevelMatch.Work(
                task.task(),
                item.level(),
                task.search(),
                task.verifyScope(ports.documents()).part().isEverything());
        var unlogged = new Unlogged(
                run,
                ports.documents(),
                ports.later(task, run),
                table -> new KeyReader(
                        ports.target(run, table, pacing),
                        run.manifest().table(table).target(),
                        ports.invocation()),
                ports.invocation().time());
        new LevelMatch(run, ports.documents(), source, outOfScope, unlogged, ports.invocation(), work)
                .match(item.index());
    }

    private void analysis(RunContext run, Pacing pacing, int partition) {
        var documents = ports.documents();
        var checks = new JoinedChecks(run.plan(), documents, run.folder(), partition);
        var matched = new MatchPartition(
                        documents, existing(run, pacing, partition), checks, new DeclaredReferences(run)::at)
                .match(run.folder().joinPrefix(RunContext.ANALYSIS), Earlier.NOTHING, partition);
        checks.write();
        Matches.write(documents, run, partition, matched);
    }

    /** A referenced record exists, too, when it is already in the target, or by now in the source. */
    private Existing existing(RunContext run, Pacing pacing, int partition) {
        return new RememberedLookups(
                Existence.byKey(run, ports.inSource(run, pacing), ports.inTarget(run, pacing)),
                ports.documents(),
                run.folder().key("searched/%05d.jsonl.gz".formatted(partition)));
    }

    private Pacing pacing(Task task, RunContext run, Limits limits) {
        var workers =
                ActiveWorkers.of(run.manifest().partitions(), task.concurrency(), ports.documents(), run.folder());
        var pacing = new Pacing(ports.invocation(), workers);
        pacing.within(limits);
        return pacing;
    }
}
