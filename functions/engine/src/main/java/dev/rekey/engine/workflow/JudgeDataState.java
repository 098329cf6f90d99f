package dev.rekey.engine.workflow;

import dev.rekey.core.plan.document.Problem;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.analyze.Finding;
import dev.rekey.engine.analyze.JudgeData;
import dev.rekey.engine.analyze.MergesNow;
import dev.rekey.engine.analyze.StandingOrphans;
import dev.rekey.engine.forecast.GoneCopies;
import dev.rekey.engine.join.Existence;
import dev.rekey.engine.join.FamilyRecords;
import dev.rekey.engine.join.MatchPartition.Existing;
import dev.rekey.engine.join.Spill;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ControlObject;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.FrozenGone;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.Readiness;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.scan.KeyReader;
import dev.rekey.engine.scan.RememberedSearch;
import dev.rekey.engine.scan.Source;
import java.util.Arrays;
import java.util.List;

/** Says whether the plan fits its data; if it does, a migration begins to write. */
public record JudgeDataState(Ports ports) {
    /** @throws IllegalStateException if the run has ended, or another execution has taken it */
    public Analysis run(Task task) {
        var documents = ports.documents();
        var run = ports.runs().withoutOrphans(documents, task.run());
        var fromPlan = documents
                .get(task.folder().key("problems.json"), Problem[].class)
                .value();
        var lost = task.is(Action.MIGRATE) ? lostSurvivors(task, run) : List.<Finding>of();
        var analysis = new JudgeData(documents, run, standing(task, run), gone(task, run), task.concurrency())
                .judge(Arrays.asList(fromPlan), lost);
        ports.runs().judged(task.run());
        ports.record(task, new Decision.Judged(analysis.verdict(), analysis.message()));
        if (analysis.verdict() != Readiness.NOT_READY && task.is(Action.MIGRATE)) {
            begin(task);
        }
        return analysis;
    }

    /** What has ended since is left out from the first level on: nothing is written yet. */
    private List<Finding> lostSurvivors(Task task, RunContext run) {
        if (!run.known().merges()) {
            return List.of();
        }
        var merges = new MergesNow(ports.documents(), run, ports.inSource(run, ports.pacingAlone(task)), 1);
        var now = merges.judge();
        merges.leaveOut(now, task.task());
        return now.lost();
    }

    /** What takes requests is made only if there is an orphan. */
    private StandingOrphans standing(Task task, RunContext run) {
        return new StandingOrphans(ports.documents(), run, () -> searched(task, run), () -> ports.alone(task, run));
    }

    private GoneCopies gone(Task task, RunContext run) {
        return new GoneCopies(
                FrozenGone.of(ports.documents(), run.manifest()),
                table -> new KeyReader(
                        ports.target(run, table, ports.pacingAlone(task)),
                        run.manifest().table(table).target(),
                        ports.invocation()));
    }

    private Existing searched(Task task, RunContext run) {
        var pacing = ports.pacingAlone(task);
        var concurrency = ports.invocation().concurrency();
        return Existence.searched(
                run,
                FamilyRecords.ofSource(run, remembered(task, ports.source(run, pacing), Spill.SOURCE), concurrency),
                FamilyRecords.ofTarget(
                        run,
                        table -> remembered(task, ports.targetRecords(run, table, pacing), Spill.TARGET),
                        concurrency));
    }

    private Source remembered(Task task, Source side, String name) {
        return new RememberedSearch(side, ports.documents(), task.folder(), name, ports.invocation());
    }

    /** From here on the run writes to the target. */
    private void begin(Task task) {
        if (!new ControlObject(ports.documents(), task.folder()).begin(task.epoch(), Phase.MIGRATING)) {
            throw new IllegalStateException("Cannot start to migrate run " + task.run()
                    + ": it has ended, or another execution has taken it over. No table was written to."
                    + " See 'rekey status --run " + task.run() + "'.");
        }
    }
}
