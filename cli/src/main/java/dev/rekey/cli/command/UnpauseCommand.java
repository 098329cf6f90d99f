package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.cli.text.Numbers;
import dev.rekey.engine.run.Pausing;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.status.KnownRun;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rekey unpause}. */
@Command(name = "unpause", description = "Continue a paused run.", footer = "  rekey unpause --run RUN")
final class UnpauseCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(names = "--run", required = true, paramLabel = "RUN", description = "The run's id.")
    private String run;

    UnpauseCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try (var deployment = environment.deployments().open(options.place(environment))) {
            var known = KnownRun.find(Buckets.documents(deployment, environment), deployment.bucket(), "unpause", run);
            known.refuseAnEnded("unpause", Buckets.documents(deployment, environment));
            known.refuseAnAbandoned(
                    "unpause", Buckets.documents(deployment, environment), deployment.workflow(), options.placeWords());
            var documents = Buckets.documents(deployment, environment);
            int woken = new Pausing(
                            documents,
                            new RunFolder(known.id()),
                            environment.time(),
                            Optional.of(environment.caller(deployment)))
                    .unpause(deployment.taskTokens());
            show(known, woken);
            return 0;
        }
    }

    private void show(KnownRun known, int woken) {
        var out = environment.console().out();
        if (options.json()) {
            out.println(JsonNodeFactory.instance
                    .objectNode()
                    .put("run", known.id().value())
                    .put("woken", woken)
                    .toPrettyString());
        } else {
            environment
                    .console()
                    .show("Run " + known.id() + " is no longer paused; " + Numbers.count(woken, "waiting worker")
                            + (woken == 1 ? " continues." : " continue."));
            environment
                    .console()
                    .show("Follow it with: rekey status --run " + known.id() + options.placeWords() + " --watch");
        }
        out.flush();
    }
}
