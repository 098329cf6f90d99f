package dev.rekey.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rekey.cli.deployment.StackLocation;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rekey console}. */
@Command(
        name = "console",
        description = "Serve the console and the API of a stack on this machine until Ctrl-C.",
        footer = "  rekey console --local --open")
final class ConsoleCommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port on 127.0.0.1; 0 chooses a free port (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--open", description = "Open the console in a browser.")
    private boolean open;

    ConsoleCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var place = options.place(environment);
        var stack = switch (place) {
            case StackLocation.Aws aws -> aws.stack();
            case StackLocation.Local(var data) -> data.toString();
        };
        try (var deployment = environment.deployments().open(place);
                var server = ConsoleServer.start(environment, deployment, stack, options.placeWords(), port);
                var _ = environment.interruption().beforeTheEnd(server::close)) {
            show(server);
            environment.interruption().await(new CompletableFuture<>());
        }
        return 0;
    }

    private void show(ConsoleServer server) {
        var console = environment.console();
        console.out()
                .println(
                        options.json()
                                ? JsonNodeFactory.instance
                                        .objectNode()
                                        .put("console", server.address())
                                        .toPrettyString()
                                : server.address());
        console.out().flush();
        if (open && !environment.opener().open(server.address())) {
            console.err().println("No program was found to open it. Open the address in a browser.");
        }
        console.err()
                .println("The console is running. Whoever has this address can use it. Ctrl-C stops it; runs go on.");
    }
}
