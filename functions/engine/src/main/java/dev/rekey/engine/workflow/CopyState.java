package dev.rekey.engine.workflow;

import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.SegmentOutcome;

/** Copies one segment, changes its records in place, or deletes what is gone. */
public record CopyState(Ports ports) {
    public SegmentOutcome run(Task task, WorkItem item) {
        var run = ports.runs()
                .at(ports.documents(), ports.runs().withOrphans(ports.documents(), task.run()), item.level());
        var pacing = ports.pacing(task, ActiveWorkers.Part.of(Stage.COPY, run.manifest(), item.level()));
        var table = item.table().orElseThrow();
        return new LeasedSegment(ports, task, pacing)
                .run(
                        Stage.COPY,
                        item,
                        ofPages -> KindOfWork.of(new Workplace(ofPages, task, run, table))
                                .migrating(item, pacing));
    }
}
