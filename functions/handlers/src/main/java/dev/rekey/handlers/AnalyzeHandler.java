package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.analyze.AnalyzeSegment;
import dev.rekey.engine.analyze.TargetConflicts;
import dev.rekey.engine.checkpoint.SegmentWork;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.join.EarlierWrites;
import dev.rekey.engine.pace.Crew;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.scan.JoinedPages;
import dev.rekey.engine.turn.Turn;

/** Reads one segment of a source table. */
public final class AnalyzeHandler extends LeasingHandler {
    /** As Lambda makes it. */
    public AnalyzeHandler() {
        this(Bootstrap.ofProcess());
    }

    public AnalyzeHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    @Override
    Object answer(JsonNode input, Turn turn, Documents documents) {
        var task = Task.of(input);
        var item = task.item();
        var table = item.table().orElseThrow();
        var run = bootstrap().runs().withoutOrphans(documents, task.run());
        var pacing = Bootstrap.pacing(task, turn, documents, Crew.Part.all(Stage.ANALYZE, run.manifest()));
        var scan = bootstrap().source(run, table, turn, pacing);
        // A sample wants the first records of each segment only.
        var source = run.manifest().asked().sample().isPresent() ? scan : new JoinedPages(scan, turn);
        var sides = bootstrap().sides();
        var conflicts = new TargetConflicts(
                run,
                table,
                pacing.source(sides.of(run.plan().source())),
                pacing.target(sides.of(run.plan().target())),
                new EarlierWrites(documents, run.manifest(), table),
                turn);
        var step = new AnalyzeSegment(
                run,
                table,
                item.segment(),
                source,
                conflicts,
                documents,
                bootstrap().settings().rangeBytes());
        var outcome = new SegmentWork(documents, task.folder(), task.epoch(), turn, pacing)
                .run(Stage.ANALYZE, table, item.segment(), step);
        return SegmentAnswer.of(outcome, turn.time().instant());
    }
}
