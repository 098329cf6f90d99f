package dev.rekey.local.migration;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.aws.AwsClients;
import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.engine.run.TaskTokens;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.handlers.Bootstrap;
import dev.rekey.handlers.WatchHandler;
import dev.rekey.handlers.WorkflowDocument;
import dev.rekey.interpreter.ports.Partition;
import dev.rekey.local.Durability;
import dev.rekey.local.Endpoints;
import dev.rekey.local.Ports;
import dev.rekey.local.RunningStores;
import dev.rekey.local.Stack;
import dev.rekey.local.StackOptions;
import dev.rekey.local.StateMachine;
import dev.rekey.local.TestFolder;
import dev.rekey.local.functions.Functions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The real workflow on the real stores: one is started once for all tests of this JVM and ends with it. */
final class WholeStack implements AutoCloseable {
    private static final String WATCH = "rekey-watch";
    private static final Duration LONGEST = Duration.ofHours(12);

    private final Stack stack;
    private final SfnClient stepFunctions;
    private final DynamoDbClient db;
    private final AwsClients clients;
    private final Documents documents;

    WholeStack(Stack stack) {
        this.stack = stack;
        this.clients = new AwsClients(stack.endpoints().clientEnvironment());
        this.stepFunctions = clients.stepFunctions();
        this.db = SmallWorld.client(stack.endpoints().dynamodb());
        var time = new SystemTime();
        var random = new Random(1);
        this.documents = new Documents(
                clients.objects(stack.endpoints().bucket(), time, random),
                new Backoff(time, random, time.instant().plus(LONGEST)));
    }

    private static final class Started {
        static final WholeStack STACK = start();
    }

    static WholeStack started() {
        return Started.STACK;
    }

    /**
     * State machine and functions of their own on the stores that all tests of this JVM share.
     *
     * @param data where executions are kept
     * @param around what stands in the place of a function, given its name and its handler
     */
    static WholeStack besides(Path data, BiFunction<String, RequestStreamHandler, RequestStreamHandler> around)
            throws InterruptedException {
        var shared = started().stack.endpoints();
        return new WholeStack(start(options(data).with(new RunningStores(shared.dynamodb(), shared.s3())), around));
    }

    /** Another one on the shared stores, which seems to be in {@code region}. */
    static WholeStack in(String region, Path data) throws InterruptedException {
        var shared = started().stack.endpoints();
        return new WholeStack(start(options(data)
                .with(new RunningStores(shared.dynamodb(), shared.s3()))
                .with(new StackOptions.Names(region, "000000000000", shared.bucket()))));
    }

    /** Another one on the shared stores, which knows no execution of others and has {@code bucket} as its own. */
    static WholeStack withBucket(String bucket, Path data) throws InterruptedException {
        var shared = started().stack.endpoints();
        return new WholeStack(start(options(data)
                .with(new RunningStores(shared.dynamodb(), shared.s3()))
                .with(new StackOptions.Names(shared.region(), "000000000000", bucket))));
    }

    /** The usual options, with any free ports. */
    static StackOptions options(Path data) {
        return StackOptions.standard(
                        data, Path.of(System.getProperty("rekey.stores")), Path.of(System.getProperty("java.home")))
                .with(Ports.free());
    }

    private static WholeStack start() {
        try {
            var data = TestFolder.create("rekey-stack");
            var stack = start(options(data).with(Durability.IN_MEMORY));
            TestFolder.atTheEnd(stack::close, data);
            return new WholeStack(stack);
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
        var machine = new StateMachine(
                "rekey-migration",
                WorkflowDocument.document(Partition.of(options.region()).name(), options.bucket(), Endpoints.WORKERS));
        return Stack.start(options, machine, endpoints -> {
            var functions = Functions.none();
            var environment = new TreeMap<>(endpoints.functionEnvironment());
            environment.put("REKEY_RANGE_BYTES", SmallWorld.RANGE_BYTES);
            var bootstrap = new Bootstrap(environment);
            var handlers = new TreeMap<>(WorkflowDocument.handlers(bootstrap));
            handlers.put(WATCH, new WatchHandler(bootstrap));
            for (var one : handlers.entrySet()) {
                var recorded = Recorder.around(one.getKey(), one.getValue());
                functions = functions.withHandler(one.getKey(), around.apply(one.getKey(), recorded));
            }
            return functions;
        });
    }

    DynamoDbClient db() {
        return db;
    }

    /** What is in the stack's bucket. */
    Documents documents() {
        return documents;
    }

    TaskTokens taskTokens() {
        return clients.taskTokens();
    }

    /** The stores go on if others share them. */
    @Override
    public void close() {
        db.close();
        clients.close();
        stack.close();
    }

    /** Puts an object into the stack's bucket. */
    void put(String key, String text) {
        put(stack.endpoints().bucket(), key, text);
    }

    /** Puts an object into any bucket. */
    void put(String bucket, String key, String text) {
        put(bucket, key, text.getBytes(StandardCharsets.UTF_8));
    }

    void put(String bucket, String key, byte[] content) {
        clients.s3().putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(content));
    }

    /** Copies objects from this stack's bucket into that of {@code other}. */
    void copyObjects(Predicate<String> keys, WholeStack other) {
        var from = stack.endpoints().bucket();
        clients.s3().listObjectsV2Paginator(request -> request.bucket(from)).contents().stream()
                .map(S3Object::key)
                .filter(keys)
                .forEach(key -> {
                    var content = clients.s3()
                            .getObjectAsBytes(request -> request.bucket(from).key(key));
                    clients.s3()
                            .putObject(
                                    request -> request.bucket(
                                                    other.stack.endpoints().bucket())
                                            .key(key),
                                    RequestBody.fromBytes(content.asByteArray()));
                });
    }

    /** Another bucket, unless it is there. */
    void createBucket(String bucket) {
        if (clients.s3().listBuckets().buckets().stream()
                .noneMatch(one -> one.name().equals(bucket))) {
            clients.s3().createBucket(request -> request.bucket(bucket));
        }
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
        return ended(begin(input));
    }

    /** Starts the workflow; the ARN of the execution. */
    String begin(JsonNode input) {
        return stepFunctions
                .startExecution(
                        request -> request.stateMachineArn(stack.endpoints().stateMachineArn())
                                .input(input.toString()))
                .executionArn();
    }

    DescribeExecutionResponse describe(String execution) {
        return stepFunctions.describeExecution(request -> request.executionArn(execution));
    }

    DescribeExecutionResponse ended(String execution) {
        while (true) {
            var seen = describe(execution);
            if (seen.status() != ExecutionStatus.RUNNING) {
                return seen;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    void stop(String execution) {
        stepFunctions.stopExecution(request -> request.executionArn(execution));
    }
}
