package dev.rekey.engine.workflow;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.earlier.EarlierRuns;
import dev.rekey.engine.join.FamilyRecords;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.Ledger;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.TaskTokens;
import dev.rekey.engine.scan.FrozenFiles;
import dev.rekey.engine.scan.JoinedPages;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.scan.SourcePages;
import dev.rekey.engine.scan.Sources;
import dev.rekey.engine.scan.TableSource;
import dev.rekey.engine.scan.WithCreated;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Executions;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.LostAnswers;
import dev.rekey.engine.store.Sides;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.verify.LaterWrites;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a state is given in one invocation.
 *
 * @param documents of the bucket that runs are written down in
 * @param sides the tables of a plan's sides
 * @param executions of the workflow; made when asked for, since few states need them
 * @param tokens of tasks that wait; likewise
 * @param runs kept between invocations of the process
 * @param invocation of this invocation
 */
public record Ports(
        Documents documents,
        Sides sides,
        Supplier<Executions> executions,
        Supplier<TaskTokens> tokens,
        FrozenRuns runs,
        Invocation invocation) {

    /** What the pages of a segment are given: they put objects only while the invocation lasts. */
    Ports ofPages(LostAnswers lost) {
        return new Ports(documents.during(invocation, lost), sides, executions, tokens, runs, invocation);
    }

    /** The pace of a worker on one segment, at the same time as those on other segments of {@code parts}. */
    Pacing pacing(Task task, List<ActiveWorkers.Part> parts) {
        return new Pacing(invocation, new ActiveWorkers(documents, task.folder(), parts, task.concurrency()));
    }

    /** The source, for a state that works while no other does, within the run's limits. */
    Source alone(Task task, RunContext run) {
        return source(run, pacingAlone(task));
    }

    /** The records of the source, by their ids. */
    FamilyRecords inSource(RunContext run, Pacing pacing) {
        return FamilyRecords.ofSource(run, source(run, pacing), invocation.concurrency());
    }

    /** The records of the target: what is changed in place is found where it is. */
    FamilyRecords inTarget(RunContext run, Pacing pacing) {
        return FamilyRecords.ofTarget(run, table -> targetRecords(run, table, pacing), invocation.concurrency());
    }

    Pacing pacingAlone(Task task) {
        var pacing = new Pacing(invocation, ActiveWorkers.alone(documents, task.folder()));
        pacing.within(control(task).limits());
        return pacing;
    }

    Sources sources() {
        return new Sources(sides, invocation);
    }

    /** The source, in which records that the run creates are found as if it held them. */
    Source source(RunContext run, Pacing pacing) {
        var source = sources()
                .of(
                        run.plan().source(),
                        pacing,
                        () -> FrozenFiles.load(documents, run.folder())
                                .of(
                                        run.known(),
                                        name -> run.manifest().shapes(name).source()));
        return WithCreated.of(source, run, runs.created(documents, run));
    }

    /** Many pages at once, for what checks and compares. */
    JoinedPages joined(SourcePages pages, Pacing pacing) {
        return new JoinedPages(pages, invocation, pacing::pageRecords);
    }

    Tables target(RunContext run, Pacing pacing) {
        return pacing.target(sides.of(run.plan().target()));
    }

    /** Where the table {@code name} is written: what is changed in place, where it is read. */
    Tables target(RunContext run, TableName name, Pacing pacing) {
        return run.isWrittenInPlace(name) ? pacing.target(sides.of(run.plan().source())) : target(run, pacing);
    }

    /** The same, as far as it is only read. */
    Source targetRecords(RunContext run, TableName name, Pacing pacing) {
        return new TableSource(target(run, name, pacing), invocation);
    }

    /** What later runs of the plan wrote. While a run migrates, there are none. */
    LaterWrites later(Task task, RunContext run) {
        return new LaterWrites(
                documents,
                run.manifest(),
                () -> task.is(Action.VERIFY)
                        ? EarlierRuns.after(documents, run.plan().name(), task.run())
                        : EarlierRuns.NONE);
    }

    Control control(Task task) {
        return documents.get(task.folder().control(), Control.class).value();
    }

    /** Appends to the run's ledger what the execution decided. */
    void record(Task task, Decision decision) {
        new Ledger(documents, task.run(), invocation.time()).append(Optional.of(task.task()), decision);
    }
}
