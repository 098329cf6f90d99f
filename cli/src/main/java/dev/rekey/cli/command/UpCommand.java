package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.cli.deployment.LocalStacks;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.engine.status.NextStep;
import dev.rekey.engine.status.RunList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rekey up}. */
@Command(
        name = "up",
        description = "Start the stack on this machine and run until Ctrl-C, or until a store ends.",
        footer = "  rekey up --in-memory")
final class UpCommand implements Callable<Integer> {
    private static final int HIGHEST_PORT = 65_535;
    private final Environment environment;

    @Mixin
    private DataOptions options = new DataOptions();

    @Option(names = "--dynamodb-port", paramLabel = "PORT", defaultValue = "8000", description = PORT)
    private int dynamoDb;

    @Option(names = "--s3-port", paramLabel = "PORT", defaultValue = "9090", description = PORT)
    private int s3;

    @Option(names = "--stepfunctions-port", paramLabel = "PORT", defaultValue = "8083", description = PORT)
    private int stepFunctions;

    @Option(names = "--lambda-port", paramLabel = "PORT", defaultValue = "3001", description = PORT)
    private int lambda;

    @Option(names = "--console-port", paramLabel = "PORT", defaultValue = "0", description = PORT)
    private int consolePort;

    @Option(names = "--in-memory", description = "Keep no data.")
    private boolean inMemory;

    private static final String PORT = "0 chooses a free port (default: ${DEFAULT-VALUE}).";

    UpCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var ports = new LocalStacks.Ports(port(dynamoDb), port(s3), port(stepFunctions), port(lambda));
        var settings = new LocalStacks.Settings(ports, inMemory, options.data(environment));
        try (var stack = environment.localStacks().start(settings);
                var _ = environment.interruption().beforeTheEnd(stack::close);
                var deployment = stack.deployment();
                var server = ConsoleServer.start(
                        environment,
                        deployment,
                        options.data(environment).toString(),
                        options.placeWords(),
                        port(consolePort))) {
            show(stack, server);
            environment.interruption().await(stack.broken()).ifPresent(failure -> {
                throw failure;
            });
        }
        return 0;
    }

    private void show(LocalStacks.LocalStack stack, ConsoleServer server) {
        var console = environment.console();
        if (options.json()) {
            var document = JsonNodeFactory.instance.objectNode();
            stack.exports().forEach(document::put);
            document.put("console", server.address());
            console.out().println(document.toPrettyString());
        } else {
            stack.exports().forEach((name, value) -> console.out().println("export " + name + "=" + value));
        }
        console.out().flush();
        tellOfUnfinishedRuns(stack);
        console.tell("Console: " + server.address());
        console.tell((stack.unreadable().isEmpty()
                        ? "The local stack is running."
                        : "The local stack is running, but some stored data cannot be read: see above.")
                + " Ctrl-C stops it, and any run that is working.");
    }

    /** No run continues by itself, so the start of the stack prints what an earlier one left. */
    private void tellOfUnfinishedRuns(LocalStacks.LocalStack stack) {
        try (var deployment = stack.deployment()) {
            var runs = new RunList(Buckets.documents(deployment, environment)).all();
            for (var run : runs) {
                new NextStep(run, options.placeWords())
                        .words()
                        .ifPresent(next -> environment
                                .console()
                                .tell("Run " + run.id() + " (" + run.action() + ", " + run.phase() + "): " + next));
            }
        }
    }

    private static int port(int port) {
        if (port < 0 || port > HIGHEST_PORT) {
            throw CommandFailure.usage("Cannot start the local stack: " + port + " is not a port. Nothing was started."
                    + " Use a port from 1 to " + HIGHEST_PORT + ", or 0 for a free one.");
        }
        return port;
    }
}
