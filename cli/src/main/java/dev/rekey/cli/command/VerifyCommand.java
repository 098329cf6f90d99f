package dev.rekey.cli.command;

import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ExecutionInput;
import dev.rekey.engine.status.KnownRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rekey verify}. */
@Command(
        name = "verify",
        description = "Compare every record that a run migrated with its source. Writes to no table.",
        footer = "  rekey verify --run RUN")
final class VerifyCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Mixin
    private Detachment detachment = new Detachment();

    @Mixin
    private OutputFolder output = new OutputFolder();

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Option(names = "--run", required = true, paramLabel = "RUN", description = "The run's id.")
    private String run;

    @Option(
            names = "--show-values",
            description = "Include differing values in the report; without it only ids and types.")
    private boolean showValues;

    VerifyCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try (var deployment = environment.deployments().open(options.place(environment))) {
            var known = KnownRun.find(Buckets.documents(deployment, environment), deployment.bucket(), "verify", run);
            return new FollowedExecution(environment, options, deployment, output)
                    .run(
                            ExecutionInput.ofRun(Action.VERIFY, known.id())
                                    .scope(scope.of(known, "verify run " + known.id()))
                                    .showingValues(showValues),
                            detachment);
        }
    }
}
