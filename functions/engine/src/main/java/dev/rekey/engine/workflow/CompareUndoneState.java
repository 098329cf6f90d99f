package dev.rekey.engine.workflow;

import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.undo.RollbackSegment;
import dev.rekey.engine.undo.VerifyUndoneSegment;

/** Compares one segment that was undone with what stood in its table before the run. */
public record CompareUndoneState(Ports ports) {
    public SegmentOutcome run(Task task, WorkItem item) {
        var documents = ports.documents();
        var name = item.table().orElseThrow();
        var run = ports.runs().withoutOrphans(documents, task.run());
        var work = new RollbackSegment.Work(
                task.folder(),
                name,
                run.manifest().unit(name),
                item.segment(),
                run.manifest().table(name).target(),
                ports.control(task).undoing());
        var stage = Stage.verifyUndone(task.task());
        var pacing = ports.pacing(task, ActiveWorkers.Part.undoing(stage, run.manifest(), item.level()));
        var step = new VerifyUndoneSegment(
                work, task.task(), ports.target(run, name, pacing), documents, ports.invocation(), pacing::pageRecords);
        return new LeasedSegment(ports, task, pacing).run(stage, item, step);
    }
}
