package dev.rekey.engine.workflow;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.LostSurvivors;
import dev.rekey.engine.analyze.Unmerged;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.segment.Tally;
import dev.rekey.engine.verify.Difference;
import dev.rekey.engine.verify.JudgeLevel;
import dev.rekey.engine.verify.LevelResult;
import dev.rekey.engine.verify.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Says whether a level is right. */
public record JudgeLevelState(Ports ports) {
    /** @param level from 1 */
    public LevelResult run(Task task, int level) {
        var documents = ports.documents();
        var run = ports.runs().withoutOrphans(documents, task.run());
        var result = new JudgeLevel(documents, run, task.task(), task.verifyScope(documents))
                .judge(level, ofMerges(task, run, level));
        if (!task.is(Action.VERIFY)) {
            var copied = Tally.of(
                    documents, task.folder(), Stage.COPY, run.manifest().level(level));
            ports.record(task, new Decision.LevelMigrated(level, copied.byTable()));
        }
        ports.record(task, new Decision.LevelVerified(level, result.failures(), result.tables()));
        return result;
    }

    /** What is said of the merges of the run, beside the records of the level. */
    private List<Difference> ofMerges(Task task, RunContext run, int level) {
        if (!run.known().merges() || !task.verifyScope(ports.documents()).part().isEverything()) {
            return List.of();
        }
        var found = new ArrayList<Difference>();
        boolean last = level == run.manifest().levels().size();
        // Later, what happens to a survivor is the application's business.
        if (!task.is(Action.VERIFY) && !last) {
            new LostSurvivors(
                            ports.documents(),
                            run,
                            ports.alone(task, run),
                            ports.invocation().concurrency())
                    .find()
                    .forEach(one -> found.add(difference(Verdict.SURVIVOR_LOST, one.table(), one.record())));
        }
        if (last) {
            new Unmerged(ports.documents(), run, task.task())
                    .find()
                    .forEach(one -> found.add(difference(Verdict.UNMERGED, one.table(), one.record())));
        }
        return found;
    }

    private static Difference difference(Verdict verdict, TableName table, String record) {
        return new Difference(verdict, table, record, List.of());
    }
}
