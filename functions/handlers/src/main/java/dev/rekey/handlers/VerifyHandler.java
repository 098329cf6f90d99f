package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.checkpoint.SegmentWork;
import dev.rekey.engine.checkpoint.SegmentWork.PageStep;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.opened.OpenedRun;
import dev.rekey.engine.pace.Crew;
import dev.rekey.engine.pace.Pacing;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.run.WorkItem;
import dev.rekey.engine.scan.DividedTable;
import dev.rekey.engine.scan.JoinedPages;
import dev.rekey.engine.scan.ScannedTable;
import dev.rekey.engine.turn.Turn;
import dev.rekey.engine.verify.Showing;
import dev.rekey.engine.verify.VerifySource;
import dev.rekey.engine.verify.VerifyTarget;
import dev.rekey.engine.verify.VerifyWork;

/** Compares one segment of a source table with the target, or reads one segment of a target table. */
public final class VerifyHandler extends LeasingHandler {
    /** As Lambda makes it. */
    public VerifyHandler() {
        this(Bootstrap.ofProcess());
    }

    public VerifyHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    @Override
    Object answer(JsonNode input, Turn turn, Documents documents) {
        var task = Task.of(input);
        var item = task.item();
        var run = bootstrap().runs().withOrphans(documents, task.run());
        var stage = Stage.verify(task.task(), item.side().orElseThrow());
        var parts = Crew.Part.verifying(task.task(), run.manifest(), item.level());
        var pacing = Bootstrap.pacing(task, turn, documents, parts);
        var work = new SegmentWork(documents, task.folder(), task.epoch(), turn, pacing);
        var step = step(task, run, item, turn, documents, pacing);
        var outcome = work.run(stage, item.table().orElseThrow(), item.segment(), step);
        return SegmentAnswer.of(outcome, turn.time().instant());
    }

    private static Showing showing(Task task) {
        return task.input().path("showValues").asBoolean() ? Showing.VALUES : Showing.IDS;
    }

    private PageStep step(Task task, OpenedRun run, WorkItem item, Turn turn, Documents documents, Pacing pacing) {
        var table = item.table().orElseThrow();
        var shapes = run.manifest().table(table);
        var work = new VerifyWork(task.task(), table, item.segment(), item.level(), task.search(), showing(task));
        if (item.side().orElseThrow().equals(WorkItem.TARGET)) {
            var tables = pacing.target(bootstrap().sides().of(run.plan().target()));
            var scan = new ScannedTable(tables, shapes.target().table(), true, shapes.pageRecords(), turn.patience());
            var divided = new DividedTable(scan, shapes.target(), shapes.targetSegments(), shapes.targetRanges());
            return new VerifyTarget(run, work, new JoinedPages(divided, turn), documents);
        }
        var tables = pacing.source(bootstrap().sides().of(run.plan().source()));
        var scan = new ScannedTable(tables, shapes.source().table(), true, shapes.pageRecords(), turn.patience());
        var target = pacing.target(bootstrap().sides().of(run.plan().target()));
        var divided = new DividedTable(scan, shapes.source(), shapes.segments(), shapes.ranges());
        return new VerifySource(run, work, new JoinedPages(divided, turn), target, documents, turn);
    }
}
