package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.checkpoint.SegmentWork;
import dev.rekey.engine.copy.CopySegment;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.pace.Crew;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.scan.DividedTable;
import dev.rekey.engine.turn.Turn;
import dev.rekey.engine.undo.PageLog;

/** Copies one segment. */
public final class MigrateHandler extends LeasingHandler {
    /** As Lambda makes it. */
    public MigrateHandler() {
        this(Bootstrap.ofProcess());
    }

    public MigrateHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    @Override
    Object answer(JsonNode input, Turn turn, Documents documents) {
        var task = Task.of(input);
        var item = task.item();
        var table = item.table().orElseThrow();
        var run = bootstrap().runs().withOrphans(documents, task.run());
        var pacing = Bootstrap.pacing(task, turn, documents, Crew.Part.of(Stage.COPY, run.manifest(), item.level()));
        var shapes = run.manifest().table(table);
        var source = new DividedTable(
                bootstrap().source(run, table, turn, pacing), shapes.source(), shapes.segments(), shapes.ranges());
        var work = new CopySegment.Work(
                task.run(),
                task.epoch(),
                run.plan().table(table),
                shapes,
                run.mapping(table),
                item.segment(),
                new EarlierWrites(documents, run.manifest(), table));
        var target = pacing.target(bootstrap().sides().of(run.plan().target()));
        var step = new CopySegment(work, source, target, new PageLog(documents, task.folder()), turn);
        var outcome = new SegmentWork(documents, task.folder(), task.epoch(), turn, pacing)
                .run(Stage.COPY, table, item.segment(), step);
        return SegmentAnswer.of(outcome, turn.time().instant());
    }
}
