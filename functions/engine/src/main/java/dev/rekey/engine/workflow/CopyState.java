package dev.rekey.engine.workflow;

import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.migrate.CopySegment;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.scan.Division;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.undo.UndoLog;

/** Copies one segment. */
public record CopyState(Ports ports) {
    public SegmentOutcome run(Task task, WorkItem item) {
        var documents = ports.documents();
        var name = item.table().orElseThrow();
        var run = ports.runs().withOrphans(documents, task.run());
        var pacing = ports.pacing(task, ActiveWorkers.Part.of(Stage.COPY, run.manifest(), item.level()));
        var work = new CopySegment.Work(
                task.run(),
                task.epoch(),
                run.plan().table(name),
                run.manifest().table(name),
                run.mapping(name),
                item.segment(),
                new EarlierWrites(documents, run.manifest(), name));
        var source = ports.source(run, pacing)
                .read(Division.ofSource(
                        run.manifest().table(name), run.plan().source().consistentRead()));
        var step = new CopySegment(
                work, source, ports.target(run, pacing), new UndoLog(documents, task.folder()), ports.invocation());
        return new LeasedSegment(ports, task, pacing).run(Stage.COPY, item, step);
    }
}
