package dev.rekey.engine.workflow;

import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Decision;
import dev.rekey.engine.run.Ledger;
import dev.rekey.engine.run.RunContext;
import dev.rekey.engine.run.TaskTokens;
import dev.rekey.engine.scan.Source;
import dev.rekey.engine.scan.TableSource;
import dev.rekey.engine.segment.ActiveWorkers;
import dev.rekey.engine.segment.Pacing;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Executions;
import dev.rekey.engine.store.Invocation;
import dev.rekey.engine.store.Sides;
import dev.rekey.engine.store.Tables;
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

    /** The pace of a worker on one segment, at the same time as those on other segments of {@code parts}. */
    Pacing pacing(Task task, List<ActiveWorkers.Part> parts) {
        return new Pacing(invocation, new ActiveWorkers(documents, task.folder(), parts, task.concurrency()));
    }

    Source source(RunContext run, Pacing pacing) {
        return new TableSource(pacing.source(sides.of(run.plan().source())), invocation);
    }

    Tables target(RunContext run, Pacing pacing) {
        return pacing.target(sides.of(run.plan().target()));
    }

    /** Where the table {@code name} is written: what is changed in place, where it is read. */
    Tables target(RunContext run, TableName name, Pacing pacing) {
        boolean inPlace = run.plan().table(name).isInPlace();
        return inPlace ? pacing.target(sides.of(run.plan().source())) : target(run, pacing);
    }

    /** The target, as far as it is only read. */
    Source targetRecords(RunContext run, Pacing pacing) {
        return new TableSource(target(run, pacing), invocation);
    }

    /** Likewise for the table {@code name}. */
    Source targetRecords(RunContext run, TableName name, Pacing pacing) {
        return new TableSource(target(run, name, pacing), invocation);
    }

    Control control(Task task) {
        return documents.get(task.folder().control(), Control.class).value();
    }

    /** Appends to the run's ledger what the execution decided. */
    void record(Task task, Decision decision) {
        new Ledger(documents, task.run(), invocation.time()).append(Optional.of(task.task()), decision);
    }
}
