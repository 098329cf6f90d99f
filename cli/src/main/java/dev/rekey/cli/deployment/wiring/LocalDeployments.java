package dev.rekey.cli.deployment.wiring;

import dev.rekey.aws.AwsClients;
import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.deployment.LocalStacks;
import dev.rekey.cli.deployment.StackLocation;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.core.plan.Side;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Tables;
import dev.rekey.engine.store.Time;
import dev.rekey.examples.load.Loader;
import dev.rekey.local.Durability;
import dev.rekey.local.Endpoints;
import dev.rekey.local.Ports;
import dev.rekey.local.Service;
import dev.rekey.local.Stack;
import dev.rekey.local.StackException;
import dev.rekey.local.StackOptions;
import dev.rekey.local.child.StoreNote;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Finds or starts stacks on this machine. */
final class LocalDeployments {
    private final LocalFiles files;
    private final Time time;
    private final RandomGenerator random;
    private final Consumer<String> people;
    private final String user;

    LocalDeployments(LocalFiles files, Time time, RandomGenerator random, Consumer<String> people, String user) {
        this.files = files;
        this.time = time;
        this.random = random;
        this.people = people;
        this.user = user;
    }

    /**
     * The stack that runs on {@code data}, else one that ends when what is returned is closed.
     *
     * @throws CommandFailure if there is no data: an empty stack is of no use to any command
     */
    Deployment open(Path data) {
        return running(data)
                .map(endpoints -> deployment(data, endpoints, Optional.empty()))
                .orElseGet(() -> {
                    if (!Stack.holdsData(data)) {
                        throw new CommandFailure(
                                ExitCode.REFUSED,
                                "LocalStack.NO_DATA",
                                "Cannot work on this machine: " + data
                                        + " holds no data, and no local stack runs there."
                                        + " Nothing was started. Run the command where 'rekey up' was run, name the"
                                        + " folder with --data, or start a stack with 'rekey up' and fill its tables.");
                    }
                    var stack = launch(new LocalStacks.Settings(LocalStacks.Ports.FREE, false, data));
                    return deployment(data, stack.endpoints(), Optional.of(stack::close));
                });
    }

    /** The same, but a stack of its own is refused over a run that waits for 'rekey up': it would stand in its way. */
    Deployment openToRead(Path data) {
        if (running(data).isEmpty()) {
            refuseWaiting(data);
        }
        return open(data);
    }

    private static void refuseWaiting(Path data) {
        List<RunId> waiting;
        try {
            waiting = WaitingRuns.of(Stack.keptObjects(data, StackOptions.BUCKET, WaitingRuns::isAbout));
        } catch (StackException e) {
            throw failure(e);
        }
        if (!waiting.isEmpty()) {
            int more = waiting.size() - 1;
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "LocalStack.DOWN",
                    "Cannot read the data in " + data + ": no local stack is running there, and run "
                            + waiting.getLast() + " is unfinished"
                            + (more == 0 ? "" : ", as " + (more == 1 ? "is" : "are") + " " + more + " more")
                            + ". Nothing was started. Start the stack: rekey up. Then run: rekey status --run "
                            + waiting.getLast() + ".");
        }
    }

    LocalStacks.LocalStack start(LocalStacks.Settings settings) {
        return new Launched(settings.data(), launch(settings));
    }

    private Deployment deployment(Path data, Endpoints endpoints, Optional<Runnable> ending) {
        return new AwsDeployment(
                new StackLocation.Local(data),
                endpoints.clientEnvironment(),
                new StackLookup.StackOutputs(endpoints.bucket(), endpoints.stateMachineArn()),
                time,
                random,
                Optional.of(user),
                () -> !running(data).equals(Optional.of(endpoints)),
                ending);
    }

    private static Optional<Endpoints> running(Path data) {
        try {
            return Stack.join(data);
        } catch (StackException e) {
            throw failure(e);
        }
    }

    private Stack launch(LocalStacks.Settings settings) {
        var options = StackOptions.standard(settings.data(), files.stores(), files.javaHome())
                .with(ports(settings.ports()))
                .with(settings.inMemory() ? Durability.IN_MEMORY : Durability.ON_DISK);
        try {
            var stack = Stack.start(options, LocalFunctions.stateMachine(options.bucket()), LocalFunctions::of);
            stack.notes().forEach(note -> people.accept(note.text()));
            return stack;
        } catch (StackException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the local stack started", e);
        }
    }

    private static Ports ports(LocalStacks.Ports ports) {
        return Ports.free()
                .with(Service.DYNAMODB, ports.dynamoDb())
                .with(Service.S3, ports.s3())
                .with(Service.STEP_FUNCTIONS, ports.stepFunctions())
                .with(Service.LAMBDA, ports.lambda());
    }

    private static CommandFailure failure(StackException e) {
        var code = switch (e.kind()) {
            case PORT_TAKEN, DATA_IN_USE, DATA_NOT_WRITABLE, DATA_NOT_READABLE, STORES_MISSING, STORE_FAILED ->
                ExitCode.REFUSED;
            case DEFINITION_REFUSED -> ExitCode.DEFECT;
        };
        return new CommandFailure(code, "LocalStack." + e.kind(), e.getMessage(), e);
    }

    /** A stack that this process runs. */
    private final class Launched implements LocalStacks.LocalStack {
        private static final Side HERE =
                new Side("{table}", Optional.empty(), Optional.empty(), Optional.empty(), true);
        private final Path data;
        private final Stack stack;
        private final AwsClients clients;
        private final DynamoDbClient loading;

        Launched(Path data, Stack stack) {
            this.data = data;
            this.stack = stack;
            this.clients = new AwsClients(exports());
            this.loading = LoadingClient.of(stack.endpoints());
        }

        @Override
        public Deployment deployment() {
            return LocalDeployments.this.deployment(data, stack.endpoints(), Optional.empty());
        }

        @Override
        public Map<String, String> exports() {
            return stack.endpoints().clientEnvironment();
        }

        @Override
        public List<String> unreadable() {
            return stack.notes().stream()
                    .filter(note -> note.kind() == StoreNote.Kind.UNREADABLE)
                    .map(StoreNote::text)
                    .toList();
        }

        @Override
        public Tables tables() {
            return clients.tables(HERE);
        }

        @Override
        public Loader loader() {
            return new Loader(loading);
        }

        @Override
        public CompletionStage<CommandFailure> broken() {
            return stack.broken()
                    .thenApply(
                            e -> new CommandFailure(ExitCode.INCOMPLETE, "LocalStack." + e.kind(), e.getMessage(), e));
        }

        @Override
        public void close() {
            loading.close();
            clients.close();
            stack.close();
        }
    }
}
