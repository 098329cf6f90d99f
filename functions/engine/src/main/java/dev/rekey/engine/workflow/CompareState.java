package dev.rekey.engine.workflow;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.join.ReferredValues;
import dev.rekey.engine.run.FrozenGone;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.scan.Division;
import dev.rekey.engine.scan.JoinedPages;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.undo.ReferredGone;
import dev.rekey.engine.verify.LaterWrites;
import dev.rekey.engine.verify.Showing;
import dev.rekey.engine.verify.VerifyGone;
import dev.rekey.engine.verify.VerifyInPlace;
import dev.rekey.engine.verify.VerifyScope;
import dev.rekey.engine.verify.VerifySource;
import dev.rekey.engine.verify.VerifyTarget;
import dev.rekey.engine.verify.VerifyWork;
import dev.rekey.engine.verify.VerifyWork.Search;
import java.util.Map;
import java.util.Optional;

/** Compares one segment of a source table with the target, or reads one segment of a target table. */
public record CompareState(Ports ports) {
    /** @param showing what of records that differ is written down */
    public SegmentOutcome run(Task task, WorkItem item, Showing showing) {
        var run = ports.runs()
                .at(ports.documents(), ports.runs().withOrphans(ports.documents(), task.run()), item.level());
        var side = item.side().orElseThrow();
        var scope = task.verifyScope(ports.documents());
        var tables = run.manifest().sharing(item.table().orElseThrow());
        // What was created or deleted is read with the other records of its table.
        boolean isReadElsewhere = side.equals(WorkItem.TARGET)
                && !item.table().orElseThrow().equals(item.table().orElseThrow().holding());
        if (isReadElsewhere || tables.stream().noneMatch(table -> scope.needs(table, run.plan()))) {
            return new SegmentOutcome.Done(Map.of());
        }
        var pacing = ports.pacing(task, ActiveWorkers.Part.verifying(task.task(), run.manifest(), item.level()));
        var name = item.table().orElseThrow();
        var work = new VerifyWork(task.task(), name, item.segment(), item.level(), search(task, scope), showing, scope);
        var step = side.equals(WorkItem.TARGET) ? target(run, work, pacing) : source(task, run, work, pacing);
        return new LeasedSegment(ports, task, pacing).run(Stage.verify(task.task(), side), item, step);
    }

    /** Old ids of a part are not told from those of the rest. */
    private static Search search(Task task, VerifyScope scope) {
        return scope.part().isEverything() ? task.search() : Search.NOTHING;
    }

    private PageStep target(RunContext run, VerifyWork work, Pacing pacing) {
        // Records that are merged away are found by their ids: the level of their table has read all of it.
        var pages = work.table().isMergedAway()
                ? ports.records(run, work.table(), pacing, true)
                : ports.targetRecords(run, work.table(), pacing)
                        .read(Division.ofTarget(run.manifest().table(work.table())));
        var referred = Optional.of(run)
                .filter(one -> one.manifest().tables().keySet().stream().anyMatch(TableName::isGone))
                .map(one -> new ReferredGone(one, ports.documents(), work.task()))
                .filter(one -> !one.isIdle());
        return new VerifyTarget(run, work, new JoinedPages(pages, ports.invocation()), referred, ports.documents());
    }

    private PageStep deleted(RunContext run, VerifyWork work, LaterWrites later, Pacing pacing) {
        var documents = ports.documents();
        return new VerifyGone(
                run,
                work,
                FrozenGone.of(documents, run.manifest()).of(work.table().named()),
                ports.goneNow(run, work.table(), pacing),
                new KeyReader(
                        ports.target(run, work.table(), pacing),
                        run.manifest().table(work.table()).target(),
                        ports.invocation()),
                later,
                documents,
                ports.invocation());
    }

    private PageStep source(Task task, RunContext run, VerifyWork work, Pacing pacing) {
        var later = ports.later(task, run);
        var invocation = ports.invocation();
        if (work.table().isGone()) {
            return deleted(run, work, later, pacing);
        }
        var referred = ReferredValues.of(run, ports.source(run, pacing), ports.documents());
        var taking = run.taking(referred);
        var read = referred.with(
                work.table(),
                ports.records(run, work.table(), pacing, true),
                pages -> new JoinedPages(pages, invocation));
        if (run.plan().table(work.table()).isInPlace()) {
            return new VerifyInPlace(taking, work, read, later, ports.documents(), invocation);
        }
        return new VerifySource(
                taking, work, read, ports.target(run, work.table(), pacing), later, ports.documents(), invocation);
    }
}
