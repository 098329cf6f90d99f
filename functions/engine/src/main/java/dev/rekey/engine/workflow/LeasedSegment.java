package dev.rekey.engine.workflow;

import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.segment.SegmentWork;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.store.LostAnswers;
import java.util.function.Function;

/** Work on one segment: under a lease, at the run's pace, with a checkpoint after each page. */
record LeasedSegment(Ports ports, Task task, Pacing pacing) {
    /** @param work what does the pages with the ports that it is given */
    SegmentOutcome run(Stage stage, WorkItem item, Function<Ports, PageStep> work) {
        var lost = new LostAnswers();
        var step = work.apply(ports.ofPages(lost));
        return new SegmentWork(ports.documents(), task.folder(), task.epoch(), ports.invocation(), pacing)
                .run(
                        stage,
                        item.table().orElseThrow(),
                        item.segment(),
                        (at, redone) -> lost.guard(() -> step.page(at, redone)));
    }
}
