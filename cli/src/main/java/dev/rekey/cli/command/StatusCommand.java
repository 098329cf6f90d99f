package dev.rekey.cli.command;

import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.text.StandingText;
import dev.rekey.core.item.Wording;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.ExecutionArn;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.Workflow;
import dev.rekey.engine.status.KnownRun;
import dev.rekey.engine.status.RunList;
import dev.rekey.engine.status.RunSummary;
import dev.rekey.engine.status.Standing;
import dev.rekey.engine.status.WriteTrial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rekey status}. */
@Command(
        name = "status",
        description = "Show the progress of a run, or of the data of a plan.",
        footer = "  rekey status --run RUN --watch")
final class StatusCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(names = "--run", paramLabel = "RUN", description = "The run's id (default: the newest run).")
    private Optional<String> run = Optional.empty();

    @Option(names = "--watch", description = "Follow the run to its end.")
    private boolean watch;

    @Option(
            names = "--plan",
            paramLabel = "PLAN",
            description =
                    "Read the tables that this plan changes in place, and show how many records are done and how many are left.")
    private Optional<Path> plan = Optional.empty();

    @Option(
            names = "--by",
            paramLabel = "ATTRIBUTE",
            description = "With --plan: show each value of this top-level attribute.")
    private Optional<String> by = Optional.empty();

    @Mixin
    private GivenParameters parameters = new GivenParameters();

    StatusCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var given = parameters.values("show a status");
        if (plan.isPresent() ? run.isPresent() || watch : by.isPresent() || !given.isEmpty()) {
            throw CommandFailure.usage(
                    "Cannot show a status: --by and --parameter need --plan, and --plan cannot be combined with --run or --watch. Nothing was read. Omit one of the options.");
        }
        return plan.isPresent() ? ofData(PlanFile.read(environment, "show the status of", plan.get(), given)) : ofRun();
    }

    private int ofData(PlanFile file) {
        try (var deployment = environment.deployments().openToRead(options.place(environment))) {
            var found = new DataStatus(environment, deployment, file).read(by);
            var console = environment.console();
            if (options.json()) {
                console.out().println(DataStatusOutput.json(found).toPrettyString());
            } else {
                DataStatusOutput.lines(found, console.terminal()).forEach(console::show);
            }
            console.out().flush();
            return 0;
        }
    }

    private int ofRun() {
        try (var deployment = environment.deployments().openToRead(options.place(environment))) {
            var summary = chosen(deployment);
            while (watch
                    && summary.control().isEmpty()
                    && KnownRun.begins(summary.id(), environment.time().instant())) {
                environment.time().sleep(LOOK);
                summary = chosen(deployment);
            }
            var execution = summary.control().map(Control::execution).map(ExecutionArn::new);
            if (watch && execution.isPresent()) {
                return follow(deployment, summary, execution.get());
            }
            show(summary, summary.execution(deployment.workflow()), deployment);
            return 0;
        }
    }

    private RunSummary chosen(Deployment deployment) {
        var documents = Buckets.documents(deployment, environment);
        if (run.isPresent()) {
            return KnownRun.look(
                    documents,
                    deployment.bucket(),
                    "show the status of",
                    run.get(),
                    environment.time().instant());
        }
        var runs = new RunList(documents);
        var ids = runs.ids();
        if (ids.isEmpty()) {
            throw CommandFailure.usage("Cannot show a status: there are no runs in bucket " + deployment.bucket()
                    + ". Nothing was changed. Start one with: rekey analyze PLAN.");
        }
        return runs.summary(ids.getLast());
    }

    private int follow(Deployment deployment, RunSummary summary, ExecutionArn execution) {
        var begun = environment.time().instant();
        var seen = deployment.workflow().describe(execution);
        var action = Standing.action(summary, seen);
        var operation = new FollowedExecution(environment, options, deployment);
        var ending = operation.watch(action, execution, summary.id(), Standing.task(seen));
        operation.show(new FollowedExecution.Completed(
                Standing.task(seen),
                ending,
                Duration.between(begun, environment.time().instant())));
        return ending.code().number();
    }

    private void show(RunSummary summary, Optional<Workflow.Seen> seen, Deployment deployment) {
        var standing = Standing.of(
                Buckets.documents(deployment, environment),
                deployment.bucket(),
                summary,
                seen,
                Optional.of(new WriteTrial(deployment.objects(), new RunFolder(summary.id()))),
                environment.time().instant(),
                options.placeWords());
        var console = environment.console();
        if (options.json()) {
            console.out().println(standing.json().toPrettyString());
        } else {
            StandingText.lines(standing).stream().map(Wording::visibleLines).forEach(console::show);
        }
        console.out().flush();
    }
}
