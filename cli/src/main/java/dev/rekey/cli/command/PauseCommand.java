package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.engine.run.Pausing;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.status.KnownRun;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rekey pause}. */
@Command(name = "pause", description = "Pause a run; 'rekey unpause' continues it.", footer = "  rekey pause --run RUN")
final class PauseCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(names = "--run", required = true, paramLabel = "RUN", description = "The run's id.")
    private String run;

    PauseCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try (var deployment = environment.deployments().open(options.place(environment))) {
            var known = KnownRun.find(Buckets.documents(deployment, environment), deployment.bucket(), "pause", run);
            var folder = new RunFolder(known.id());
            var documents = Buckets.documents(deployment, environment);
            known.refuseATest();
            known.refuseAnAbandoned(
                    "pause", Buckets.documents(deployment, environment), deployment.workflow(), options.placeWords());
            switch (new Pausing(documents, folder, environment.time(), Optional.of(environment.caller(deployment)))
                    .pause()) {
                case Pausing.PauseOutcome.Paused(Instant since) -> show(known, since);
                case Pausing.PauseOutcome.Ended(Phase phase) -> throw known.ended("pause", phase);
            }
            return 0;
        }
    }

    private void show(KnownRun known, Instant since) {
        var out = environment.console().out();
        if (options.json()) {
            out.println(JsonNodeFactory.instance
                    .objectNode()
                    .put("run", known.id().value())
                    .put("paused", since.toString())
                    .toPrettyString());
        } else {
            environment
                    .console()
                    .show("Run " + known.id() + " has been paused since " + since
                            + ": every worker stops before its next page.");
            environment.console().show("Continue with: rekey unpause --run " + known.id() + options.placeWords());
        }
        out.flush();
    }
}
