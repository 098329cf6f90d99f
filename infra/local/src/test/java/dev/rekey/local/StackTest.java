package dev.rekey.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.local.StackException.Kind;
import dev.rekey.local.functions.Functions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** One long test, because a start takes seconds: a stack is started, used, ended, and started again. */
@Isolated("It looks at the processes that this one has started.")
class StackTest {
    private static final String EXECUTION = "arn:aws:states:us-east-1:000000000000:execution:rekey-migration:";

    /** Reads a list from S3, calls a function for each entry, and writes the results to S3. */
    private static final StateMachine MACHINE = new StateMachine("rekey-migration", """
        {"QueryLanguage": "JSONata", "StartAt": "Each", "States": {
            "Each": {
                "Type": "Map", "Label": "each", "MaxConcurrency": 2, "End": true,
                "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "JSON"},
                    "Arguments": {"Bucket": "rekey", "Key": "list.json"}},
                "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                    "StartAt": "Call", "States": {"Call": {
                        "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
                        "Arguments": {"FunctionName": "double", "Payload": "{% $states.input %}"},
                        "Output": "{% $states.result.Payload %}"}}},
                "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
                    "Arguments": {"Bucket": "rekey", "Prefix": "results"}}}}}\
        """);

    @TempDir
    Path data;

    @Test
    void aStackIsUsedEndedAndStartedAgain() throws Exception {
        AtomicReference<Map<String, String>> environment = new AtomicReference<>();
        try (Stack stack = start(environment)) {
            Endpoints endpoints = stack.endpoints();
            assertThat(Stack.join(data)).contains(endpoints);
            assertThat(environment.get()).isEqualTo(endpoints.functionEnvironment());
            fill(endpoints);
            assertThat(run(endpoints).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(invoke(endpoints)).isEqualTo("42");
            refusesASecondStack();
            assertThat(stack.broken().toCompletableFuture()).isNotDone();
        }
        assertThat(Stack.join(data)).isEmpty();
        try (Stack stack = start(environment)) {
            everythingIsThereAgain(stack.endpoints());
        }
        assertThat(data.resolve("logs/s3mock.log")).isNotEmptyFile();
        assertThat(data.resolve("tmp")).doesNotExist();
    }

    @Test
    void aDocumentThatIsRefusedStopsEverything() {
        StackOptions options = options().with(Durability.IN_MEMORY);
        var others = processes();
        assertThatThrownBy(() ->
                        Stack.start(options, new StateMachine("rekey-migration", "{}"), endpoints -> Functions.none()))
                .isInstanceOfSatisfying(
                        StackException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.DEFINITION_REFUSED))
                .hasMessageContaining("Correct the document.");
        assertThat(Stack.join(data)).isEmpty();
        assertThat(data.resolve("s3-in-memory")).doesNotExist();
        assertThat(processes()).isSubsetOf(others);
    }

    private static Set<ProcessHandle> processes() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).collect(Collectors.toSet());
    }

    @Test
    void missingStoresAreReported() {
        StackOptions options =
                StackOptions.standard(data, data.resolve("nothing"), javaHome()).with(Ports.free());
        assertThatThrownBy(() -> Stack.start(options, MACHINE, endpoints -> Functions.none()))
                .isInstanceOfSatisfying(
                        StackException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.STORE_FAILED))
                .hasMessageContaining("the folder does not exist");
    }

    @Test
    void whoseStoreEndedIsToldHowToGoOnOnThisMachine() {
        assertThat(Stack.ended("s3mock", data.resolve("s3mock.log"), 1))
                .hasMessageContaining("s3mock ended with code 1")
                .hasMessageContaining("rekey resume --run RUN --local,")
                .hasMessageContaining("--data DIR");
    }

    private Stack start(AtomicReference<Map<String, String>> environment) throws InterruptedException {
        return Stack.start(options(), MACHINE, endpoints -> {
            environment.set(endpoints.functionEnvironment());
            return Functions.none()
                    .withHandler(
                            "double",
                            (input, output, context) -> output.write(Integer.toString(2
                                            * Integer.parseInt(
                                                    new String(input.readAllBytes(), StandardCharsets.UTF_8)))
                                    .getBytes(StandardCharsets.UTF_8)));
        });
    }

    private StackOptions options() {
        return StackOptions.standard(data, Path.of(System.getProperty("rekey.stores")), javaHome())
                .with(Ports.free())
                .with(Duration.ofSeconds(30));
    }

    private static Path javaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    private static void fill(Endpoints endpoints) {
        try (S3Client s3 = s3(endpoints);
                DynamoDbClient dynamodb = client(DynamoDbClient.builder(), endpoints.dynamodb())) {
            s3.putObject(put -> put.bucket("rekey").key("list.json"), RequestBody.fromString("[1, 2, 3]"));
            dynamodb.createTable(table -> table.tableName("People")
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .keySchema(KeySchemaElement.builder()
                            .attributeName("id")
                            .keyType(KeyType.HASH)
                            .build()));
            dynamodb.putItem(put -> put.tableName("People").item(Map.of("id", AttributeValue.fromS("a"))));
        }
    }

    private static DescribeExecutionResponse run(Endpoints endpoints) {
        try (SfnClient sfn = client(SfnClient.builder(), endpoints.stepFunctions());
                S3Client s3 = s3(endpoints)) {
            sfn.startExecution(
                    start -> start.stateMachineArn(endpoints.stateMachineArn()).name("first"));
            DescribeExecutionResponse seen =
                    sfn.describeExecution(execution -> execution.executionArn(EXECUTION + "first"));
            for (int attempt = 0; attempt < 5_000 && seen.status() == ExecutionStatus.RUNNING; attempt++) {
                seen = sfn.describeExecution(execution -> execution.executionArn(EXECUTION + "first"));
            }
            assertThat(s3.listObjectsV2(list -> list.bucket("rekey").prefix("results/"))
                            .contents())
                    .anySatisfy(object -> assertThat(object.key()).endsWith("/manifest.json"));
            return seen;
        }
    }

    private static String invoke(Endpoints endpoints) throws Exception {
        URI uri = endpoints.lambda().resolve("/2015-03-31/functions/double/invocations");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(uri)
                                    .POST(HttpRequest.BodyPublishers.ofString("21"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private void refusesASecondStack() {
        assertThatThrownBy(() -> Stack.start(options(), MACHINE, endpoints -> Functions.none()))
                .isInstanceOfSatisfying(
                        StackException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.DATA_IN_USE))
                .hasMessageContaining("process " + ProcessHandle.current().pid());
        assertThat(data.resolve("stack.json")).exists();
    }

    private static void everythingIsThereAgain(Endpoints endpoints) {
        try (S3Client s3 = s3(endpoints);
                SfnClient sfn = client(SfnClient.builder(), endpoints.stepFunctions());
                DynamoDbClient dynamodb = client(DynamoDbClient.builder(), endpoints.dynamodb())) {
            assertThat(s3.getObjectAsBytes(get -> get.bucket("rekey").key("list.json"))
                            .asUtf8String())
                    .isEqualTo("[1, 2, 3]");
            assertThat(dynamodb.scan(scan -> scan.tableName("People")).items())
                    .containsExactly(Map.of("id", AttributeValue.fromS("a")));
            assertThat(sfn.describeExecution(execution -> execution.executionArn(EXECUTION + "first"))
                            .status())
                    .isEqualTo(ExecutionStatus.SUCCEEDED);
        }
    }

    private static S3Client s3(Endpoints endpoints) {
        return client(S3Client.builder().forcePathStyle(true), endpoints.s3());
    }

    private static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(
            B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }
}
