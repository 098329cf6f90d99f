package dev.rekey.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.aws.AwsClients;
import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.handlers.Bootstrap;
import dev.rekey.handlers.WorkflowDocument;
import dev.rekey.local.Durability;
import dev.rekey.local.Endpoints;
import dev.rekey.local.Ports;
import dev.rekey.local.Stack;
import dev.rekey.local.StackOptions;
import dev.rekey.local.StateMachine;
import dev.rekey.local.functions.Functions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The whole workflow on this machine, with a watch on its functions. */
final class BenchStack implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    /** What runs for half an hour is not looked at fifty times a second. */
    private static final Duration MOST_BETWEEN_LOOKS = Duration.ofSeconds(2);

    /** For the bucket, in one measurement. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Stack stack;
    private final AwsClients clients;
    private final SfnClient stepFunctions;
    private final DynamoDbClient dynamoDb;

    private BenchStack(Stack stack) {
        this.stack = stack;
        this.clients = new AwsClients(stack.endpoints().clientEnvironment());
        this.stepFunctions = clients.stepFunctions();
        this.dynamoDb = client(stack.endpoints().dynamodb());
    }

    static BenchStack start(Path data, Path stores, Spans spans) throws InterruptedException {
        var options = StackOptions.standard(data, stores, Path.of(System.getProperty("java.home")))
                .with(Ports.free())
                .with(Durability.IN_MEMORY);
        var machine =
                new StateMachine("rekey-migration", WorkflowDocument.document(options.bucket(), Endpoints.WORKERS));
        return new BenchStack(Stack.start(options, machine, endpoints -> {
            var functions = Functions.none();
            for (var one : WorkflowDocument.handlers(new Bootstrap(endpoints.functionEnvironment()))
                    .entrySet()) {
                functions = functions.withHandler(one.getKey(), spans.watched(one.getKey(), one.getValue()));
            }
            return functions;
        }));
    }

    private static DynamoDbClient client(URI endpoint) {
        return DynamoDbClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(64))
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
    }

    DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    /** The bucket's documents. */
    Documents documents() {
        var time = new SystemTime();
        var random = new Random();
        var objects = clients.objects(stack.endpoints().bucket(), time, random);
        return new Documents(objects, new Backoff(time, random, time.instant().plus(LONGEST_WAIT)));
    }

    /** Runs the workflow and waits for its end; what it gave. */
    JsonNode run(JsonNode input) {
        var arn = stepFunctions
                .startExecution(
                        request -> request.stateMachineArn(stack.endpoints().stateMachineArn())
                                .input(input.toString()))
                .executionArn();
        for (long looks = 1; ; looks++) {
            var execution = stepFunctions.describeExecution(request -> request.executionArn(arn));
            if (execution.status() == ExecutionStatus.SUCCEEDED) {
                return read(execution.output());
            }
            if (execution.status() != ExecutionStatus.RUNNING) {
                throw new IllegalStateException("Cannot measure: " + execution.cause());
            }
            LockSupport.parkNanos(
                    Math.min(BETWEEN_LOOKS.toNanos() * Math.ceilDiv(looks, 100), MOST_BETWEEN_LOOKS.toNanos()));
        }
    }

    private static JsonNode read(String output) {
        try {
            return JSON.readTree(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        dynamoDb.close();
        clients.close();
        stack.close();
    }
}
