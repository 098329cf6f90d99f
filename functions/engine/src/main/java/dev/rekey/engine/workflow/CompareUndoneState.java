package dev.rekey.engine.workflow;

import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.undo.VerifyUndoneSegment;

/** Compares one segment that was undone with what stood in its table before the run. */
public record CompareUndoneState(Ports ports) {
    public SegmentOutcome run(Task task, WorkItem item) {
        var name = item.table().orElseThrow();
        var run = ports.runs().withoutOrphans(ports.documents(), task.run());
        var stage = Stage.verifyUndone(task.task());
        var pacing = ports.pacing(task, ActiveWorkers.Part.of(stage, run.manifest(), item.level()));
        return new UndoneSegment(ports, task, run, item)
                .run(
                        stage,
                        ports.control(task).undoing(),
                        pacing,
                        (ofPages, work) -> new VerifyUndoneSegment(
                                work,
                                task.task(),
                                ofPages.target(run, name, pacing),
                                ofPages.documents(),
                                ofPages.invocation(),
                                pacing::pageRecords));
    }
}
