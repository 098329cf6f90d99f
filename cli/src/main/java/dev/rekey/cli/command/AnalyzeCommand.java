package dev.rekey.cli.command;

import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.engine.run.Action;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rekey analyze}. */
@Command(
        name = "analyze",
        description = "Read every source table and report what a migration would do. Writes to no table.")
final class AnalyzeCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Mixin
    private GivenParameters parameters = new GivenParameters();

    @Mixin
    private Detachment detachment = new Detachment();

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

    AnalyzeCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        strictness.check("analyze", detachment);
        sample.filter(records -> records < 1).ifPresent(AnalyzeCommand::refuse);
        var file = PlanFile.read(environment, "analyze", plan, parameters.values("analyze"));
        var asked = scope.of(file.reading().plan(), "analyze");
        try (var deployment = environment.deployments().open(options.place(environment))) {
            var input = Buckets.input(Action.ANALYZE, file, deployment, environment);
            return new Operation(environment, options, deployment)
                    .run(input.sample(sample).scope(asked), detachment, strictness::code);
        }
    }

    private static void refuse(int records) {
        throw CommandFailure.usage(
                "Cannot analyze: --sample is " + records
                        + ", but a sample needs at least 1 record. Nothing was read. Use a larger number, or omit --sample to read every record.");
    }
}
