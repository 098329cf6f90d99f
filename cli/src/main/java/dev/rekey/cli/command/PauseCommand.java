package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.Pausing;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
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
            var known = KnownRun.find(deployment, environment, "pause", run);
            var folder = new RunFolder(known.id());
            var documents = Buckets.documents(deployment, environment);
            refuseATest(known);
            known.refuseAnAbandoned("pause", deployment, environment, options.placeWords());
            switch (new Pausing(documents, folder, environment.time(), Optional.of(environment.caller(deployment)))
                    .pause()) {
                case Pausing.PauseOutcome.Paused(Instant since) -> show(known, since);
                case Pausing.PauseOutcome.Ended(Phase phase) -> throw ended(known, phase);
            }
            return 0;
        }
    }

    private static void refuseATest(KnownRun known) {
        if (Action.of(known.manifest().action()).equals(Optional.of(Action.TEST))) {
            throw CommandFailure.refused("Cannot pause run " + known.id()
                    + ": it is a test, which runs in one invocation. Nothing was changed. Wait for its end: rekey status --run "
                    + known.id() + " --watch.");
        }
    }

    private static CommandFailure ended(KnownRun known, Phase phase) {
        return CommandFailure.refused(
                "Cannot pause run %s: it has ended and is %s. Nothing was changed. No action is needed."
                        .formatted(known.id(), phase.word()));
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
            out.println("Run " + known.id() + " has been paused since " + since
                    + ": every worker stops before its next page.");
            out.println("Continue with: rekey unpause --run " + known.id() + options.placeWords());
        }
        out.flush();
    }
}
