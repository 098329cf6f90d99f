package dev.rekey.cli.command;

import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.ExecutionInput;
import dev.rekey.engine.run.OnFailure;
import dev.rekey.engine.status.KnownRun;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rekey resume}. */
@Command(name = "resume", description = "Continue an unfinished run.", footer = "  rekey resume --run RUN")
final class ResumeCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Mixin
    private Detachment detachment = new Detachment();

    @Option(names = "--run", required = true, paramLabel = "RUN", description = "The run's id.")
    private String run;

    @Option(
            names = "--on-failure",
            paramLabel = "WHAT",
            description =
                    "What to do after a failure of a migration: rollback or stop (default: as when it was started).")
    private Optional<OnFailure> onFailure = Optional.empty();

    ResumeCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try (var deployment = environment.deployments().open(options.place(environment))) {
            var known = KnownRun.find(Buckets.documents(deployment, environment), deployment.bucket(), "resume", run);
            return new FollowedExecution(environment, options, deployment)
                    .run(ExecutionInput.ofRun(Action.RESUME, known.id()).onFailure(onFailure), detachment);
        }
    }
}
