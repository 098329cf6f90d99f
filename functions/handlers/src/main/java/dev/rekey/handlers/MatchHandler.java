package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.analyze.AnalyzeSegment;
import dev.rekey.engine.check.JoinedChecks;
import dev.rekey.engine.checkpoint.SegmentOutcome;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.join.MatchPartition;
import dev.rekey.engine.join.MatchPartition.Earlier;
import dev.rekey.engine.judge.Matches;
import dev.rekey.engine.lookup.Existence;
import dev.rekey.engine.lookup.FamilyRecords;
import dev.rekey.engine.lookup.InSource;
import dev.rekey.engine.opened.OpenedRun;
import dev.rekey.engine.pace.Crew;
import dev.rekey.engine.pace.Pacing;
import dev.rekey.engine.plan.Limits;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.turn.Turn;
import dev.rekey.engine.verify.LevelMatch;
import java.util.Map;

/** Matches one partition of a join. */
public final class MatchHandler extends Handler {
    /** As Lambda makes it. */
    public MatchHandler() {
        this(Bootstrap.ofProcess());
    }

    public MatchHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    @Override
    Object answer(JsonNode input, Turn turn, Documents documents) {
        var task = Task.of(input);
        var item = task.item();
        var control = documents.get(task.folder().control(), Control.class).value();
        if (control.epoch() != task.epoch()) {
            // Whoever was superseded is not let wait: it would be woken at once, and come here again.
            return SegmentAnswer.of(new SegmentOutcome.Stopped(), turn.time().instant());
        }
        if (control.paused().isPresent()) {
            return SegmentAnswer.paused(0);
        }
        var run = bootstrap().runs().withoutOrphans(documents, task.run());
        int level = item.level();
        var pacing = pacing(task, run, control.limits(), turn, documents);
        try {
            if (level == 0) {
                analysis(run, pacing, turn, documents, item.index());
            } else {
                var source = new InSource(
                        run, pacing.source(bootstrap().sides().of(run.plan().source())), turn);
                new LevelMatch(run, documents, source, turn, task.task(), level, task.search()).match(item.index());
            }
            return SegmentAnswer.DONE;
        } catch (StoreException e) {
            return switch (e.kind()) {
                // Slowed down until the turn was up: no failure, the next turn begins the partition again.
                case THROTTLED ->
                    SegmentAnswer.of(
                            new SegmentOutcome.More(0, Map.of()), turn.time().instant());
                case UNAVAILABLE, DENIED, MISSING, INVALID -> throw e;
            };
        }
    }

    private void analysis(OpenedRun run, Pacing pacing, Turn turn, Documents documents, int partition) {
        var checks = new JoinedChecks(run.plan(), documents, run.folder(), partition);
        var matched = new MatchPartition(documents, existing(run, pacing, turn), checks)
                .match(run.folder().joinPrefix(AnalyzeSegment.JOIN), Earlier.NOTHING, partition);
        checks.write();
        Matches.write(documents, run, partition, matched);
    }

    /**
     * A referenced record exists, too, when it is already in the target; and of a sample, where nearly nothing was read,
     * when it is in the source.
     */
    private MatchPartition.Existing existing(OpenedRun run, Pacing pacing, Turn turn) {
        var source = new FamilyRecords(
                run, pacing.source(bootstrap().sides().of(run.plan().source())), true, turn.patience());
        var target = new FamilyRecords(
                run, pacing.target(bootstrap().sides().of(run.plan().target())), false, turn.patience());
        return Existence.of(run, source, target);
    }

    private Pacing pacing(Task task, OpenedRun run, Limits limits, Turn turn, Documents documents) {
        var crew = Crew.of(run.manifest().partitions(), task.concurrency(), documents, run.folder());
        var pacing = new Pacing(turn, crew);
        pacing.within(limits);
        return pacing;
    }
}
