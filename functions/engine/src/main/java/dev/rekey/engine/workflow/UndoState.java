package dev.rekey.engine.workflow;

import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.undo.RollbackSegment;

/** Undoes one segment, in the way that the run's control says. */
public record UndoState(Ports ports) {
    public SegmentOutcome run(Task task, WorkItem item) {
        var documents = ports.documents();
        var name = item.table().orElseThrow();
        var run = ports.runs().withoutOrphans(documents, task.run());
        var undoing = ports.control(task).undoing();
        var work = new RollbackSegment.Work(
                task.folder(),
                name,
                run.manifest().unit(name),
                item.segment(),
                run.manifest().table(name).target(),
                undoing);
        var stage = undoing.stage();
        var pacing = ports.pacing(task, ActiveWorkers.Part.undoing(stage, run.manifest(), item.level()));
        var step = new RollbackSegment(
                work, ports.target(run, name, pacing), documents, ports.invocation(), pacing::pageRecords);
        return new LeasedSegment(ports, task, pacing).run(stage, item, step);
    }
}
