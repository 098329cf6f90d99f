package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.checkpoint.SegmentWork;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.pace.Crew;
import dev.rekey.engine.rollback.RollbackSegment;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.turn.Turn;

/** Undoes one segment. */
public final class RollbackHandler extends LeasingHandler {
    /** As Lambda makes it. */
    public RollbackHandler() {
        this(Bootstrap.ofProcess());
    }

    public RollbackHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    @Override
    Object answer(JsonNode input, Turn turn, Documents documents) {
        var task = Task.of(input);
        var item = task.item();
        var table = item.table().orElseThrow();
        var run = bootstrap().runs().withoutOrphans(documents, task.run());
        var control = documents.get(task.folder().control(), Control.class).value();
        var undoing = control.undoing();
        var work = new RollbackSegment.Work(
                task.folder(),
                table,
                item.segment(),
                run.manifest().table(table).target(),
                undoing);
        var stage = Stage.undoing(undoing.drift());
        var pacing = Bootstrap.pacing(task, turn, documents, Crew.Part.of(stage, run.manifest(), item.level()));
        var tables = pacing.target(bootstrap().sides().of(run.plan().target()));
        var step = new RollbackSegment(work, tables, documents, turn, pacing::pageRecords);
        var outcome = new SegmentWork(documents, task.folder(), task.epoch(), turn, pacing)
                .run(stage, table, item.segment(), step);
        return SegmentAnswer.of(outcome, turn.time().instant());
    }
}
