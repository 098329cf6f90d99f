package dev.rekey.engine.status;

import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.analyze.Analysis;
import dev.rekey.engine.analyze.FindingGroup;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.LedgerEntry;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stored;
import dev.rekey.engine.run.Workflow;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Documents.Versioned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Finds the runs of one plan, and what was decided in each. */
public final class PlanHistory {
    private final Documents documents;
    private final Workflow workflow;

    public PlanHistory(Documents documents, Workflow workflow) {
        this.documents = documents;
        this.workflow = workflow;
    }

    /** The newest {@code most}, oldest first; also runs that were refused before their manifest, because of a mapping for example. */
    public List<PastRun> of(PlanName plan, int most) {
        return documents.each(new RunList(documents).newestOf(plan, most), run -> past(run.lookedAt(workflow)));
    }

    private PastRun past(RunSummary run) {
        var analysis = documents
                .find(new RunFolder(run.id()).report(Analysis.NAME), Analysis.class)
                .map(Versioned::value);
        return new PastRun(
                run,
                executions(run.id()),
                found(analysis.map(Analysis::blockers)),
                found(analysis.map(Analysis::warnings)),
                found(analysis.map(Analysis::decided)));
    }

    private static List<PastRun.Finding> found(Optional<List<FindingGroup>> groups) {
        return groups.orElse(List.of()).stream()
                .map(one -> new PastRun.Finding(one.id(), one.table().map(TableName::value), one.path(), one.count()))
                .toList();
    }

    /** In the order in which they began. What a person decided with a command is of no execution. */
    private List<PastRun.Execution> executions(RunId run) {
        var byTask = new LinkedHashMap<RunId, List<LedgerEntry>>();
        Stored.entries(documents, run)
                .forEach(entry -> entry.task()
                        .ifPresent(task -> byTask.computeIfAbsent(task, _ -> new ArrayList<>())
                                .add(entry)));
        return byTask.entrySet().stream()
                .map(task -> execution(task.getKey(), task.getValue()))
                .toList();
    }

    private static PastRun.Execution execution(RunId task, List<LedgerEntry> entries) {
        var first = entries.getFirst();
        var action = "";
        var execution = "";
        var ended = Optional.<PastRun.Ending>empty();
        for (var entry : entries) {
            switch (entry.decision()) {
                case Decision.Started started -> {
                    action = started.action();
                    execution = started.execution();
                }
                case Decision.Refused refused -> {
                    action = refused.action();
                    execution = refused.execution();
                    ended = Optional.of(PastRun.Ending.refused(entry.at(), refused));
                }
                case Decision.Ended end -> ended = Optional.of(PastRun.Ending.of(entry.at(), end));
                case Decision.Judged _,
                        Decision.Tested _,
                        Decision.LevelMigrated _,
                        Decision.LevelVerified _,
                        Decision.Failed _,
                        Decision.Stopped _,
                        Decision.RollbackStarted _,
                        Decision.WritersStopped _,
                        Decision.Paused _,
                        Decision.Unpaused _,
                        Decision.LimitsChanged _,
                        Decision.CreatingTables _,
                        Decision.Created _ -> {}
            }
        }
        return new PastRun.Execution(task, action, execution, first.at(), ended);
    }
}
