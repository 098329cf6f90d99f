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
        var stage = undoing.stage();
        var pacing = ports.pacing(task, ActiveWorkers.Part.of(stage, run.manifest(), item.level()));
        return new UndoneSegment(ports, task, run, item)
                .run(
                        stage,
                        undoing,
                        pacing,
                        work -> new RollbackSegment(
                                work,
                                ports.target(run, name, pacing),
                                documents,
                                ports.invocation(),
                                pacing::pageRecords));
    }
}
