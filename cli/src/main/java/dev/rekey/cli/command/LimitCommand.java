package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.core.plan.Limits;
import dev.rekey.engine.run.Limiting;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.status.KnownRun;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rekey limit}. */
@Command(
        name = "limit",
        description =
                "Change the capacity that a run may consume. Its workers apply the limits from their next page on.",
        footer = "  rekey limit --run RUN --write 500")
final class LimitCommand implements Callable<Integer> {
    private final Environment environment;

    @Option(names = "--run", required = true, paramLabel = "RUN", description = "The run.")
    private String run = "";

    @Option(
            names = "--read",
            paramLabel = "UNITS",
            description = "Read units per second for all workers together, at least 1.")
    private Optional<Integer> read = Optional.empty();

    @Option(
            names = "--write",
            paramLabel = "UNITS",
            description = "Write units per second for all workers together, at least 1.")
    private Optional<Integer> write = Optional.empty();

    @Option(names = "--none", description = "Remove all limits that are not given with --read or --write.")
    private boolean none;

    @Mixin
    private CommonOptions options = new CommonOptions();

    LimitCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        check();
        try (var deployment = environment.deployments().open(options.place(environment))) {
            var known = KnownRun.find(Buckets.documents(deployment, environment), deployment.bucket(), "limit", run);
            known.refuseAnEnded("limit", Buckets.documents(deployment, environment));
            show(known.id(), limited(deployment, known.id()));
            return 0;
        }
    }

    private void check() {
        if (read.isEmpty() && write.isEmpty() && !none) {
            throw CommandFailure.usage("Cannot limit run " + run
                    + ": no limit was given. Nothing was changed. Use --read, --write or --none.");
        }
        for (var units : new Integer[] {read.orElse(1), write.orElse(1)}) {
            if (units < 1 || units > Limits.MOST) {
                throw CommandFailure.usage(
                        "Cannot limit run %s: %d is not between 1 and %d. Nothing was changed. To halt the run, pause it."
                                .formatted(run, units, Limits.MOST));
            }
        }
    }

    private Limits limited(Deployment deployment, RunId id) {
        var documents = Buckets.documents(deployment, environment);
        var by = environment.caller(deployment);
        return new Limiting(documents, new RunFolder(id), environment.time(), Optional.of(by)).change(this::changed);
    }

    private Limits changed(Limits found) {
        var before = none ? Limits.NONE : found;
        return new Limits(read.or(before::readUnitsPerSecond), write.or(before::writeUnitsPerSecond));
    }

    private void show(RunId id, Limits limits) {
        var out = environment.console().out();
        if (options.json()) {
            var document = JsonNodeFactory.instance.objectNode().put("run", id.value());
            var json = document.putObject("limits");
            limits.readUnitsPerSecond().ifPresent(units -> json.put("readUnitsPerSecond", units));
            limits.writeUnitsPerSecond().ifPresent(units -> json.put("writeUnitsPerSecond", units));
            out.println(document.toPrettyString());
        } else {
            out.println("run           " + id.value());
            out.println("reads         " + text(limits.readUnitsPerSecond()));
            out.println("writes        " + text(limits.writeUnitsPerSecond()));
        }
        out.flush();
    }

    private static String text(Optional<Integer> limit) {
        return limit.map(units -> "at most " + units + " units per second").orElse("no limit");
    }
}
