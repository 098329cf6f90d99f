package dev.rekey.cli.command;

import dev.rekey.engine.run.Action;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rekey validate}. */
@Command(
        name = "validate",
        description = "Check a plan and its data, as migrate does before it writes. Writes to no table.",
        footer = "  rekey validate plan.yaml --where tenant_id=legacy-123")
final class ValidateCommand implements Callable<Integer> {
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

    ValidateCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        strictness.check("validate", detachment);
        var file = PlanFile.read(environment, "validate", plan, parameters.values("validate"));
        var asked = scope.of(file.reading().plan(), "validate");
        try (var deployment = environment.deployments().open(options.place(environment))) {
            var input = Buckets.input(Action.VALIDATE, file, deployment, environment);
            return new FollowedExecution(environment, options, deployment)
                    .run(input.scope(asked), detachment, strictness::code);
        }
    }
}
