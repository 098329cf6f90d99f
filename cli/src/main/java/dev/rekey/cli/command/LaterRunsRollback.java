package dev.rekey.cli.command;

import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.cli.text.Confirmation;
import dev.rekey.cli.text.Numbers;
import dev.rekey.core.plan.PlanName;
import dev.rekey.core.plan.TableName;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.ExecutionInput;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.Undoing;
import dev.rekey.engine.status.KnownRun;
import dev.rekey.engine.status.RollbackQuestion;
import dev.rekey.engine.status.RunList;
import dev.rekey.engine.status.RunSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Rolls back the later runs of a run's plan, newest first, then the run itself. */
record LaterRunsRollback(Environment environment, CommonOptions options, Deployment deployment, OutputFolder output) {

    /**
     * Returns the exit code of the last rollback that kept something or failed; a failed one is the last. Runs of which nothing
     * is to be rolled back are passed over.
     */
    int run(KnownRun first, Undoing how, boolean yes) {
        var plan = first.manifest().plan();
        var runs = series(first).stream()
                .filter(run -> !question(run, how).isIdle())
                .toList();
        var operation = new FollowedExecution(environment, options, deployment, output.ofSeveralRuns());
        if (runs.isEmpty()) {
            environment
                    .console()
                    .tell(
                            "There is nothing to roll back: run " + first.id()
                                    + " and the later runs of its plan wrote no such record, or are rolled back already. Nothing was changed.");
            operation.show(List.of());
            return ExitCode.DONE.number();
        }
        new Confirmation(environment.console(), yes).ask("roll back run " + first.id(), lines(runs, plan, how), plan);
        var ended = new ArrayList<FollowedExecution.Completed>();
        for (var run : runs) {
            ended.add(operation.complete(input(run, how).confirmed(plan)));
            if (!isUndone(ended.getLast())) {
                break;
            }
        }
        operation.show(ended);
        return ended.stream()
                .map(one -> one.ending().code())
                .filter(code -> code != ExitCode.DONE)
                .reduce((_, last) -> last)
                .orElse(ExitCode.DONE)
                .number();
    }

    private static ExecutionInput input(RunSummary run, Undoing how) {
        return ExecutionInput.ofRun(Action.ROLLBACK, run.id())
                .of(how.table().map(TableName::new))
                .scope(new Scope(List.of(), how.where()))
                .cascade(how.cascade())
                .drift(Optional.of(how.drift()).filter(Drift.OVERWRITE::equals))
                .exclusive(how.exclusive())
                .verify(how.verify())
                .keepLimit(how.keepLimit());
    }

    private List<String> lines(List<RunSummary> runs, PlanName plan, Undoing how) {
        var lines = new ArrayList<String>();
        lines.add("This rolls back "
                + how.table().map(table -> "table " + table + " of ").orElse("") + Numbers.count(runs.size(), "run")
                + " of plan " + plan.value() + ", newest first:");
        runs.forEach(run -> {
            lines.add("  " + run.id() + "  " + run.action() + ", " + run.phase() + ", started " + run.started());
            question(run, how).counted().forEach(line -> lines.add("    " + line));
        });
        RollbackQuestion.values(how)
                .map(values -> "Of these, only records that had " + values + " before each run are restored.")
                .ifPresent(lines::add);
        return lines;
    }

    private RollbackQuestion question(RunSummary run, Undoing how) {
        var known = KnownRun.find(
                Buckets.documents(deployment, environment),
                deployment.bucket(),
                "roll back",
                run.id().value());
        return new RollbackQuestion(Buckets.documents(deployment, environment), known, how);
    }

    private static boolean isUndone(FollowedExecution.Completed completed) {
        return switch (completed.ending().code()) {
            case DONE, DRIFT_KEPT -> true;
            case DEFECT, USAGE, REFUSED, VERIFICATION_FAILED, INCOMPLETE, ROLLED_BACK, REMAINING -> false;
        };
    }

    private List<RunSummary> series(KnownRun first) {
        return new RunList(Buckets.documents(deployment, environment))
                .all().stream()
                        .filter(run -> run.id().compareTo(first.id()) >= 0)
                        .filter(run -> run.plan().equals(first.manifest().plan().value()))
                        .filter(run -> run.id().equals(first.id()) || run.mayHaveWritten())
                        .sorted(Comparator.comparing(RunSummary::id).reversed())
                        .toList();
    }
}
