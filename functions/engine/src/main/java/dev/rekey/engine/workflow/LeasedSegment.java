package dev.rekey.engine.workflow;

import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.segment.SegmentWork;
import dev.rekey.engine.segment.SegmentWork.PageStep;

/** Work on one segment: under a lease, at the run's pace, with a checkpoint after each page. */
record LeasedSegment(Ports ports, Task task, Pacing pacing) {
    SegmentOutcome run(Stage stage, WorkItem item, PageStep step) {
        return new SegmentWork(ports.documents(), task.folder(), task.epoch(), ports.invocation(), pacing)
                .run(stage, item.table().orElseThrow(), item.segment(), step);
    }
}
