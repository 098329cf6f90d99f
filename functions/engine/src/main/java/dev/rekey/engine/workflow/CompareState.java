package dev.rekey.engine.workflow;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.segment.SegmentOutcome;
import dev.rekey.engine.segment.SegmentWork.PageStep;
import dev.rekey.engine.undo.ReferredGone;
import dev.rekey.engine.verify.Showing;
import dev.rekey.engine.verify.VerifyScope;
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
        var name = item.table().orElseThrow();
        var kind = KindOfWork.of(new Workplace(ports, task, run, name));
        boolean isReadElsewhere = side.equals(WorkItem.TARGET) && kind.isReadWithTable();
        if (isReadElsewhere
                || run.manifest().sharing(name).stream().noneMatch(table -> scope.needs(table, run.plan()))) {
            return new SegmentOutcome.Done(Map.of());
        }
        var pacing = ports.pacing(task, ActiveWorkers.Part.verifying(task.task(), run.manifest(), item.level()));
        var work = new VerifyWork(task.task(), name, item.segment(), item.level(), search(task, scope), showing, scope);
        return new LeasedSegment(ports, task, pacing)
                .run(
                        Stage.verify(task.task(), side),
                        item,
                        ofPages -> comparing(new Workplace(ofPages, task, run, name), side, work, pacing));
    }

    private static PageStep comparing(Workplace at, String side, VerifyWork work, Pacing pacing) {
        var kind = KindOfWork.of(at);
        return side.equals(WorkItem.TARGET)
                ? target(at, work, at.ports().joined(kind.written(pacing), pacing))
                : kind.comparing(work, pacing);
    }

    /** Old ids of a part are not told from those of the rest. */
    private static Search search(Task task, VerifyScope scope) {
        return scope.part().isEverything() ? task.search() : Search.NOTHING;
    }

    private static PageStep target(Workplace at, VerifyWork work, SourcePages pages) {
        var run = at.run();
        var documents = at.ports().documents();
        var referred = Optional.of(run)
                .filter(one -> one.manifest().tables().keySet().stream().anyMatch(TableName::isGone))
                .map(one -> new ReferredGone(one, documents, work.task()))
                .filter(one -> !one.isIdle());
        return new VerifyTarget(run, work, pages, referred, documents);
    }
}
