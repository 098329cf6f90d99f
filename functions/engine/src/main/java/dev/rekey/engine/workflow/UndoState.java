package dev.rekey.engine.workflow;

import dev.rekey.engine.run.FrozenCreated;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.run.WorkLists;
import dev.rekey.engine.scan.Division;
import dev.rekey.engine.segment.ActiveWorkers.Part;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.undo.ReferringSegment;
import dev.rekey.engine.undo.RollbackSegment;
import java.util.List;
import java.util.Map;

/** Undoes one segment, in the way that the run's control says. */
public record UndoState(Ports ports) {
    public SegmentOutcome run(Task task, WorkItem item) {
        var run = ports.runs().withoutOrphans(ports.documents(), task.run());
        var name = item.table().orElseThrow();
        if (item.level() == WorkLists.REFERRING) {
            return referring(task, item, run);
        }
        var kind = KindOfWork.of(new Workplace(ports, task, run, name));
        return kind.isUndoneAt(item.level()) ? undone(kind, item) : new SegmentOutcome.Done(Map.of());
    }

    private SegmentOutcome undone(KindOfWork kind, WorkItem item) {
        var at = kind.at();
        var undoing = ports.control(at.task()).undoing();
        var stage = undoing.stage();
        var pacing = ports.pacing(at.task(), kind.undoneWith(stage, item));
        return new UndoneSegment(ports, at.task(), at.run(), item)
                .run(
                        stage,
                        undoing,
                        pacing,
                        (ofPages, work) -> new RollbackSegment(
                                work,
                                at.written(pacing),
                                kind.stillReferred(),
                                ofPages.documents(),
                                ofPages.invocation(),
                                pacing::pageRecords));
    }

    /** Looks in one segment for references to what the run has created. Reads consistently. */
    private SegmentOutcome referring(Task task, WorkItem item, RunContext run) {
        var unit = item.table().orElseThrow();
        var stage = Stage.referring(task.task());
        var pacing = ports.pacing(task, List.of(new Part(stage, unit, item.of())));
        var records = ports.targetRecords(run, unit, pacing)
                .read(new Division(run.manifest().shapes(unit).target(), item.of(), List.of(), 0, true));
        var created = FrozenCreated.of(ports.documents(), task.folder(), run.known());
        return new LeasedSegment(ports, task, pacing)
                .run(
                        stage,
                        item,
                        ofPages -> new ReferringSegment(
                                run, task.task(), unit, item.segment(), created, records, ofPages.documents()));
    }
}
