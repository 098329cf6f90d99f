package dev.rekey.local;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.interpreter.api.StateMachineArn;
import dev.rekey.interpreter.api.StateMachineType;
import dev.rekey.interpreter.api.StepFunctions;
import dev.rekey.interpreter.api.StepFunctionsException;
import dev.rekey.interpreter.execution.LocalStepFunctions;
import dev.rekey.interpreter.ports.FileStore;
import dev.rekey.interpreter.ports.MemoryStore;
import dev.rekey.interpreter.ports.Partition;
import dev.rekey.interpreter.ports.Settings;
import dev.rekey.interpreter.ports.Store;
import dev.rekey.interpreter.ports.SystemTimers;
import dev.rekey.interpreter.ports.TaskIntegrations;
import dev.rekey.interpreter.ports.Unfinished;
import dev.rekey.local.StackException.Kind;
import dev.rekey.local.functions.Functions;
import dev.rekey.local.functions.LambdaEndpoint;
import dev.rekey.local.functions.LambdaService;
import dev.rekey.local.functions.LambdaTasks;
import dev.rekey.local.http.LoopbackServer;
import dev.rekey.local.stepfunctions.S3Connection;
import dev.rekey.local.stepfunctions.S3ObjectStore;
import dev.rekey.local.stepfunctions.StepFunctionsEndpoint;
import dev.rekey.local.stores.StoreFailedException;
import dev.rekey.local.stores.StoreProcess;
import dev.rekey.local.stores.StoreProgram;
import dev.rekey.local.stores.Workplace;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The steps of a start, in their order. Everything that has to be ended again is in {@code resources} at once. */
final class Startup {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    /** No run continues unasked: the user may want to look, or to roll back, first. */
    private static final Unfinished LEFT_BEHIND = new Unfinished.IsAborted(
            "LocalStack.Ended",
            "The local stack ended while this execution was in progress. It does not continue by itself.");

    /** Numbers pass through as they are written. */
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final StackOptions options;
    private final Resources resources;
    private final DataDirectory data;
    private final LogFile log;
    // The real clock and real randomness begin here: this is the outermost wiring of the stack.
    private final InstantSource clock = InstantSource.system();
    private final RandomGenerator random = new SecureRandom();

    Startup(StackOptions options, Resources resources) throws IOException {
        this.options = options;
        this.resources = resources;
        // First the lock: if a stack runs on this directory, that says more than its ports being taken.
        this.data = resources.add(DataDirectory.open(options.data(), options.durability()));
        options.ports().check();
        data.prepare();
        this.log = resources.add(LogFile.open(data.logs().resolve("functions.log"), clock));
    }

    record Started(Endpoints endpoints, List<StoreProcess> stores, LogFile log) {}

    Started run(StateMachine machine, Function<Endpoints, Functions> functions)
            throws IOException, StoreFailedException, InterruptedException {
        Ports ports = options.ports();
        List<StoreProcess> children = options.stores().running().isPresent() ? List.of() : launch(ports);
        LoopbackServer lambdaServer = resources.add(LoopbackServer.bind(ports.of(Service.LAMBDA), log));
        LoopbackServer stepFunctionsServer = resources.add(LoopbackServer.bind(ports.of(Service.STEP_FUNCTIONS), log));
        RunningStores stores = options.stores().running().isPresent()
                ? options.stores().running().get()
                : new RunningStores(address(children.getFirst()), address(children.getLast()));
        Endpoints endpoints = new Endpoints(
                new Endpoints.Addresses(stores.dynamodb(), stores.s3(), stepFunctionsServer.uri(), lambdaServer.uri()),
                options.names(),
                arn("stateMachine:" + machine.name()));
        LambdaService lambda = resources.add(lambda(functions.apply(endpoints)));
        lambdaServer.serve(LambdaService.MOST_BYTES, new LambdaEndpoint(lambda));
        StepFunctions stepFunctions = resources.add(stepFunctions(lambda, endpoints));
        define(stepFunctions, machine, endpoints);
        stepFunctionsServer.serve(StepFunctionsEndpoint.MOST_BYTES, new StepFunctionsEndpoint(stepFunctions, JSON));
        data.stackFile().publish(endpoints, ProcessHandle.current());
        resources.add(data.stackFile()::remove);
        return new Started(endpoints, children, log);
    }

    /** DynamoDB Local, then S3Mock. Both start at once; each takes seconds, most of them one processor's. */
    private List<StoreProcess> launch(Ports ports) throws StoreFailedException {
        Workplace place = new Workplace(options.stores().programs(), data.logs(), data.temporary());
        StoreProcess s3 = launch(StoreProgram.s3Mock(place, ports.of(Service.S3), data.objects(), options.bucket()));
        return List.of(launch(StoreProgram.dynamoDbLocal(place, ports.of(Service.DYNAMODB), data.tables())), s3);
    }

    private StoreProcess launch(StoreProgram program) throws StoreFailedException {
        return resources.add(StoreProcess.launch(program, options.stores().javaHome()));
    }

    private static URI address(StoreProcess store) throws StoreFailedException, InterruptedException {
        return URI.create("http://127.0.0.1:" + store.awaitPort(LONGEST_START));
    }

    private LambdaService lambda(Functions functions) {
        return new LambdaService(
                functions,
                new LambdaService.Settings(options.region(), options.account(), options.functionTimeout(), clock, log),
                random);
    }

    private StepFunctions stepFunctions(LambdaService lambda, Endpoints endpoints) {
        Optional<Store> onDisk = data.executions().map(FileStore::new);
        Store store = resources.add(onDisk.orElseGet(MemoryStore::new));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        resources.add(threads::shutdownNow);
        SystemTimers timers = resources.add(new SystemTimers(
                clock, threads, Thread.ofPlatform().daemon().name("timers").factory()));
        S3Connection s3 = resources.add(new S3Connection(endpoints.s3(), options.region()));
        return LocalStepFunctions.open(
                new Settings(options.region(), options.account(), "Lambda.Unknown"),
                new dev.rekey.interpreter.ports.Ports(
                        store,
                        TaskIntegrations.lambda(new LambdaTasks(lambda, JSON)).in(Partition.of(options.region())),
                        new S3ObjectStore(s3),
                        timers,
                        random,
                        threads),
                LEFT_BEHIND);
    }

    private void define(StepFunctions service, StateMachine machine, Endpoints endpoints) {
        String role = "arn:" + Partition.of(options.region()).name() + ":iam::" + options.account() + ":role/"
                + machine.name();
        try {
            service.createStateMachine(machine.name(), machine.definition(), role, StateMachineType.STANDARD);
        } catch (StepFunctionsException refused) {
            if (refused.code() != StepFunctionsException.Code.STATE_MACHINE_ALREADY_EXISTS) {
                throw refused(machine, refused);
            }
            update(service, machine, endpoints);
        }
    }

    private static void update(StepFunctions service, StateMachine machine, Endpoints endpoints) {
        try {
            service.updateStateMachine(
                    new StateMachineArn(endpoints.stateMachineArn()),
                    Optional.of(machine.definition()),
                    Optional.empty());
        } catch (StepFunctionsException refused) {
            throw refused(machine, refused);
        }
    }

    private static StackException refused(StateMachine machine, StepFunctionsException refused) {
        return new StackException(
                Kind.DEFINITION_REFUSED,
                "Cannot define the state machine " + machine.name() + ": " + refused.getMessage()
                        + ". Stored data is unchanged; the stack was stopped again. Correct the document.",
                refused);
    }

    private String arn(String resource) {
        return "arn:" + Partition.of(options.region()).name() + ":states:" + options.region() + ":" + options.account()
                + ":" + resource;
    }
}
