package dev.rekey.cli.command;

import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.cli.text.Confirmation;
import dev.rekey.core.item.TableAddress;
import dev.rekey.core.item.TableShape;
import dev.rekey.core.plan.PlanName;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Drift;
import dev.rekey.engine.run.ExecutionInput;
import dev.rekey.engine.run.Manifest.TableOfRun;
import dev.rekey.engine.status.RunList;
import dev.rekey.engine.status.RunSummary;
import dev.rekey.engine.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Stops every unfinished run that writes to the target tables of a plan, then takes them back, newest first. */
record EmergencyRollback(Environment environment, CommonOptions options, Deployment deployment, OutputFolder output) {
    /** The worst comes last. */
    private static final List<ExitCode> WORSE = List.of(
            ExitCode.DONE,
            ExitCode.DRIFT_KEPT,
            ExitCode.ROLLED_BACK,
            ExitCode.VERIFICATION_FAILED,
            ExitCode.USAGE,
            ExitCode.REFUSED,
            ExitCode.INCOMPLETE,
            ExitCode.DEFECT);

    /** Returns the exit code: the worst of all runs. */
    int run(Path path, Optional<Drift> drift, boolean verify, boolean yes) {
        var plan = PlanFile.read(environment, "roll back", path).reading().plan();
        var targets = plan.tables().stream()
                .flatMap(table ->
                        deployment.describe(table.isInPlace() ? plan.source() : plan.target(), table.target()).stream())
                .map(TableShape::address)
                .collect(Collectors.toSet());
        var runs = unfinished(targets);
        if (!runs.isEmpty()) {
            ask(path, plan.name(), runs, yes);
        }
        var operation = new FollowedExecution(environment, options, deployment, output.ofSeveralRuns());
        var failed = new ArrayList<ExitCode>();
        var left = stillUnfinished(runs, failed);
        // All are asked to stop before any is waited for.
        left.stream()
                .flatMap(run ->
                        tried(run, failed, () -> operation.begin(ExecutionInput.ofRun(Action.STOP, run.id()))).stream())
                .toList()
                .forEach(begun -> environment
                        .console()
                        .tell(operation.finish(begun).ending().message()));
        // Each is looked at once more: it may have ended before it could be stopped.
        var ended = left.stream()
                .flatMap(run -> stillUnfinished(List.of(run), failed).stream())
                .flatMap(run -> tried(
                        run,
                        failed,
                        () -> operation.complete(ExecutionInput.ofRun(Action.ROLLBACK, run.id())
                                .drift(drift)
                                .verify(verify)
                                .confirmed(run.manifest().orElseThrow().plan())))
                        .stream())
                .toList();
        show(operation, plan.name(), runs.size(), ended);
        return Stream.concat(
                        failed.stream(), ended.stream().map(one -> one.ending().code()))
                .max(Comparator.comparingInt(WORSE::indexOf))
                .orElse(ExitCode.DONE)
                .number();
    }

    /**
     * Those that have not ended since they were looked for. The question may have stood for hours, and only unfinished
     * runs were spoken of in it.
     */
    private List<RunSummary> stillUnfinished(List<RunSummary> runs, List<ExitCode> failed) {
        var list = new RunList(Buckets.documents(deployment, environment));
        var now = runs.stream()
                .flatMap(run -> tried(run, failed, () -> list.summary(run.id())).stream())
                .collect(Collectors.partitioningBy(EmergencyRollback::isUnfinished));
        now.get(false).forEach(run -> environment.console().tell(ended(run)));
        return now.get(true);
    }

    private static String ended(RunSummary run) {
        var left = "Run " + run.id() + " has ended in the meantime and is " + run.phase() + ": it was not rolled back.";
        boolean wrote = run.control()
                .filter(control -> control.phase().mayHaveWritten())
                .isPresent();
        return wrote ? left + " To roll it back: rekey rollback --run " + run.id() + "." : left;
    }

    private static boolean isUnfinished(RunSummary run) {
        return run.control().filter(control -> control.phase().isUnfinished()).isPresent();
    }

    /** One run that cannot be reached does not keep the others from being stopped and taken back. */
    private <T> Optional<T> tried(RunSummary run, List<ExitCode> failed, Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (StoreException | CommandFailure e) {
            environment
                    .console()
                    .tell("Run " + run.id() + ": " + e.getMessage() + " Continue with: rekey rollback --run " + run.id()
                            + ".");
            failed.add(ExitCode.INCOMPLETE);
            return Optional.empty();
        }
    }

    /** Newest first: what a later run replaced has to be back before an earlier one is undone. */
    private List<RunSummary> unfinished(Set<TableAddress> targets) {
        return new RunList(Buckets.documents(deployment, environment))
                .all().stream()
                        .filter(EmergencyRollback::isUnfinished)
                        .filter(run -> run.manifest().stream()
                                .filter(manifest -> mayWrite(manifest.action()))
                                .flatMap(manifest -> manifest.tables().values().stream())
                                .map(TableOfRun::target)
                                .map(TableShape::address)
                                .anyMatch(targets::contains))
                        .sorted(Comparator.comparing(RunSummary::id).reversed())
                        .toList();
    }

    private static boolean mayWrite(String action) {
        return action.equals(Action.TEST.word()) || action.equals(Action.MIGRATE.word());
    }

    private void ask(Path path, PlanName name, List<RunSummary> runs, boolean yes) {
        var lines = new ArrayList<String>();
        lines.add("This stops every unfinished run that writes to the target tables of plan " + name.value()
                + ", and rolls back what they wrote:");
        runs.forEach(run -> lines.add("  " + run.id() + "  " + run.action() + " of plan " + run.plan() + ", "
                + run.phase() + ", started " + run.started()));
        new Confirmation(environment.console(), yes).ask("roll back " + path, lines, name);
    }

    private void show(FollowedExecution operation, PlanName name, int runs, List<FollowedExecution.Completed> ended) {
        if (options.json() || runs > 0) {
            operation.show(ended);
        } else {
            environment
                    .console()
                    .out()
                    .println("No unfinished run writes to the target tables of plan " + name.value() + ".");
            environment.console().out().flush();
        }
    }
}
