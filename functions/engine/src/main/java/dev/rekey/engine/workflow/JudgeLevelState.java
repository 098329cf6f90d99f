package dev.rekey.engine.workflow;

import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.Stage;
import dev.rekey.engine.segment.Tally;
import dev.rekey.engine.verify.JudgeLevel;
import dev.rekey.engine.verify.LevelResult;

/** Says whether a level is right. */
public record JudgeLevelState(Ports ports) {
    /** @param level from 1 */
    public LevelResult run(Task task, int level) {
        var documents = ports.documents();
        var run = ports.runs().withoutOrphans(documents, task.run());
        var result = new JudgeLevel(documents, run, task.task(), task.verifyScope(documents)).judge(level);
        if (!task.is(Action.VERIFY)) {
            var copied = Tally.of(
                    documents, task.folder(), Stage.COPY, run.manifest().level(level));
            ports.record(task, new Decision.LevelMigrated(level, copied.byTable()));
        }
        ports.record(task, new Decision.LevelVerified(level, result.failures(), result.tables()));
        return result;
    }
}
