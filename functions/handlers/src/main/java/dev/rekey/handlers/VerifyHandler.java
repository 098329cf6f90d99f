package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.checkpoint.SegmentWork;
import dev.rekey.engine.checkpoint.SegmentWork.PageStep;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.opened.OpenedRun;
import dev.rekey.engine.plan.Side;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.scan.ScannedTable;
import dev.rekey.engine.turn.Turn;
import dev.rekey.engine.verify.VerifySource;
import dev.rekey.engine.verify.VerifyTarget;
import dev.rekey.engine.verify.VerifyWork;

/** Compares one segment of a source table with the target, or reads one segment of a target table. */
public final class VerifyHandler extends Handler {
    public VerifyHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    @Override
    Object answer(JsonNode input, Turn turn, Documents documents) {
        var task = Task.of(input);
        var item = task.item();
        var run = bootstrap().runs().withOrphans(documents, task.run());
        var stage = Stage.verify(task.task(), item.side().orElseThrow());
        var work = new SegmentWork(documents, task.folder(), task.epoch(), turn);
        var outcome =
                work.run(stage, item.table().orElseThrow(), item.segment(), step(task, run, item, turn, documents));
        return SegmentAnswer.of(outcome, turn.time().instant());
    }

    private PageStep step(Task task, OpenedRun run, WorkItem item, Turn turn, Documents documents) {
        var table = item.table().orElseThrow();
        var shapes = run.manifest().table(table);
        var work = new VerifyWork(task.task(), table, item.segment(), item.level());
        if (item.side().orElseThrow().equals(WorkItem.TARGET)) {
            var scan = scan(run.plan().target(), shapes.target().table(), turn);
            return new VerifyTarget(run, work, scan, documents);
        }
        var scan = scan(run.plan().source(), shapes.source().table(), turn);
        var target = bootstrap().sides().of(run.plan().target());
        return new VerifySource(run, work, scan, target, documents, turn);
    }

    private ScannedTable scan(Side side, dev.rekey.engine.table.PhysicalTable table, Turn turn) {
        return new ScannedTable(bootstrap().sides().of(side), table, true, turn.patience());
    }
}
