package dev.rekey.cli.command;

import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Caller;
import dev.rekey.engine.run.ExecutionInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rekey analyze}. */
@Command(
        name = "analyze",
        description = "Read every source table and report what a migration would do. Writes to no table.",
        footer = "  rekey analyze plan.yaml --changes")
final class AnalyzeCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Mixin
    private GivenParameters parameters = new GivenParameters();

    @Mixin
    private Detachment detachment = new Detachment();

    @Mixin
    private OutputFolder output = new OutputFolder();

    @Mixin
    private Strictness strictness = new Strictness();

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Parameters(paramLabel = "PLAN", description = "The plan file.")
    private Path plan;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "Read at most N records of each table and mark every line (default: every record).")
    private Optional<Integer> sample = Optional.empty();

    @Option(
            names = "--changes",
            description = "List what would become of each record, for 'rekey changes'. Not known yet: which references"
                    + " are orphans, what earlier runs wrote unless the target is searched for conflicts.")
    private boolean changes;

    @Option(
            names = "--show-values",
            description = "With --changes: list values before and after, not only names of attributes.")
    private boolean showValues;

    @Option(
            names = "--print-input",
            description =
                    "Upload the plan and its files, and print the input of such an execution, for the stack's parameter"
                            + " NightlyInput. Starts nothing.")
    private boolean printsInput;

    AnalyzeCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        strictness.check("analyze", detachment);
        sample.filter(records -> records < 1).ifPresent(AnalyzeCommand::refuse);
        if (showValues && !changes) {
            throw CommandFailure.usage(
                    "Cannot analyze: --show-values lists the values of changes, but no changes are listed."
                            + " Nothing was read. Add --changes, or omit --show-values.");
        }
        var file = PlanFile.read(environment, "analyze", plan, parameters.values("analyze"));
        var asked = scope.of(file.reading().plan(), "analyze");
        try (var deployment = environment.deployments().open(options.place(environment))) {
            var input = Buckets.input(Action.ANALYZE, file, deployment, environment)
                    .sample(sample)
                    .changes(changes)
                    .showingValues(showValues)
                    .scope(asked);
            if (printsInput) {
                return print(input);
            }
            var leftOut = new UnplannedTables(environment, deployment)
                    .of(file.reading().plan());
            leftOut.map(UnplannedTables::lines).orElse(List.of()).forEach(environment.console()::tell);
            return new FollowedExecution(environment, options, deployment, output, leftOut)
                    .run(input, detachment, strictness::code);
        }
    }

    /** On one line, as it is given to the stack. */
    private int print(ExecutionInput input) {
        var nightly = input.startedBy(new Caller("the nightly schedule", "schedule", ""));
        environment.console().out().println(nightly.json());
        environment.console().out().flush();
        return ExitCode.DONE.number();
    }

    private static void refuse(int records) {
        throw CommandFailure.usage(
                "Cannot analyze: --sample is " + records
                        + ", but a sample needs at least 1 record. Nothing was read. Use a larger number, or omit --sample to read every record.");
    }
}
