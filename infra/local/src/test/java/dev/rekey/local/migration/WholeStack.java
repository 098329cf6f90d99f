package dev.rekey.local.migration;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.aws.AwsClients;
import dev.rekey.handlers.Bootstrap;
import dev.rekey.handlers.WatchHandler;
import dev.rekey.handlers.Workflow;
import dev.rekey.local.Durability;
import dev.rekey.local.Endpoints;
import dev.rekey.local.Ports;
import dev.rekey.local.Stack;
import dev.rekey.local.StackOptions;
import dev.rekey.local.StateMachine;
import dev.rekey.local.functions.Functions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The real workflow on the real stores, started once for all tests of this JVM; ends with it. */
final class WholeStack {
    private static final String WATCH = "rekey-watch";

    private final Stack stack;
    private final SfnClient stepFunctions;
    private final DynamoDbClient db;
    private final AwsClients clients;

    private WholeStack(Stack stack) {
        this.stack = stack;
        this.clients = new AwsClients(stack.endpoints().clientEnvironment());
        this.stepFunctions = clients.stepFunctions();
        this.db = SmallWorld.client(stack.endpoints().dynamodb());
    }

    private static final class Started {
        static final WholeStack STACK = start();
    }

    static WholeStack started() {
        return Started.STACK;
    }

    private static WholeStack start() {
        try {
            Path data = Files.createTempDirectory("rekey-stack");
            var options = StackOptions.standard(
                            data, Path.of(System.getProperty("rekey.stores")), Path.of(System.getProperty("java.home")))
                    .with(Ports.free())
                    .with(Durability.IN_MEMORY);
            var stack = start(options);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                stack.close();
                delete(data);
            }));
            return new WholeStack(stack);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The stack with the migration's state machine and functions in it. */
    static Stack start(StackOptions options) throws InterruptedException {
        return start(options, (_, handler) -> handler);
    }

    /** @param around what stands in the place of a function, given its name and its handler */
    static Stack start(StackOptions options, BiFunction<String, RequestStreamHandler, RequestStreamHandler> around)
            throws InterruptedException {
        var machine = new StateMachine("rekey-migration", Workflow.document(options.bucket(), Endpoints.WORKERS));
        return Stack.start(options, machine, endpoints -> {
            var functions = Functions.none();
            var environment = new TreeMap<>(endpoints.functionEnvironment());
            environment.put("REKEY_RANGE_BYTES", SmallWorld.RANGE_BYTES);
            var bootstrap = new Bootstrap(environment);
            var handlers = new TreeMap<>(Workflow.handlers(bootstrap));
            handlers.put(WATCH, new WatchHandler(bootstrap));
            for (var one : handlers.entrySet()) {
                var recorded = Recorder.around(one.getKey(), one.getValue());
                functions = functions.withHandler(one.getKey(), around.apply(one.getKey(), recorded));
            }
            return functions;
        });
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DynamoDbClient db() {
        return db;
    }

    /** Puts an object into the stack's bucket. */
    void put(String key, String text) {
        clients.s3()
                .putObject(
                        request -> request.bucket(stack.endpoints().bucket()).key(key), RequestBody.fromString(text));
    }

    /** What an object of the stack's bucket holds. */
    String get(String key) {
        return clients.s3()
                .getObjectAsBytes(
                        request -> request.bucket(stack.endpoints().bucket()).key(key))
                .asUtf8String();
    }

    /** What the function answers that looks after paused runs, which only a schedule calls. */
    String watch() throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(stack.endpoints()
                                            .lambda()
                                            .resolve("/2015-03-31/functions/" + WATCH + "/invocations"))
                                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /** Starts the workflow and waits for its end. */
    DescribeExecutionResponse run(JsonNode input) {
        var arn = stepFunctions
                .startExecution(
                        request -> request.stateMachineArn(stack.endpoints().stateMachineArn())
                                .input(input.toString()))
                .executionArn();
        while (true) {
            var execution = stepFunctions.describeExecution(request -> request.executionArn(arn));
            if (execution.status() != ExecutionStatus.RUNNING) {
                return execution;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
