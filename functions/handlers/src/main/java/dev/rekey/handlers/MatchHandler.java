package dev.rekey.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.engine.analyze.AnalyzeSegment;
import dev.rekey.engine.document.Documents;
import dev.rekey.engine.join.MatchPartition;
import dev.rekey.engine.join.MatchPartition.Existing;
import dev.rekey.engine.judge.Matches;
import dev.rekey.engine.lookup.FamilyRecords;
import dev.rekey.engine.opened.OpenedRun;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.turn.Turn;
import dev.rekey.engine.verify.VerifyWork;
import java.util.stream.IntStream;

/** Matches one partition of a join. */
public final class MatchHandler extends Handler {
    public MatchHandler(Bootstrap bootstrap) {
        super(bootstrap);
    }

    @Override
    Object answer(JsonNode input, Turn turn, Documents documents) {
        var task = Task.of(input);
        var item = task.item();
        if (documents
                .get(task.folder().control(), Control.class)
                .value()
                .paused()
                .isPresent()) {
            return SegmentAnswer.paused(0);
        }
        var run = bootstrap().runs().withoutOrphans(documents, task.run());
        int level = item.level();
        var join = level == 0 ? AnalyzeSegment.JOIN : VerifyWork.join(task.task(), level);
        var earlier = IntStream.range(1, level)
                .mapToObj(before -> prefix(task, VerifyWork.join(task.task(), before)))
                .toList();
        var existing = level == 0 ? inTarget(run, turn) : Existing.NOTHING;
        var matched = new MatchPartition(documents, existing).match(prefix(task, join), earlier, item.index());
        documents.put(Matches.key(run, join, item.index()), matched);
        return SegmentAnswer.DONE;
    }

    private static String prefix(Task task, String join) {
        return task.folder().joinPrefix(join);
    }

    /** A referenced record exists, too, when it is already in the target. */
    private Existing inTarget(OpenedRun run, Turn turn) {
        var target = new FamilyRecords(run, bootstrap().sides().of(run.plan().target()), false, turn.patience());
        var derivations = run.derivations();
        return (family, old) ->
                !target.of(family, derivations.get(family).newId(old), 1).isEmpty();
    }
}
