package dev.rekey.local.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.interpreter.api.StepFunctions;
import dev.rekey.interpreter.execution.LocalStepFunctions;
import dev.rekey.interpreter.ports.MemoryStore;
import dev.rekey.interpreter.ports.ObjectStore;
import dev.rekey.interpreter.ports.Ports;
import dev.rekey.interpreter.ports.Settings;
import dev.rekey.interpreter.ports.SystemTimers;
import dev.rekey.interpreter.ports.TaskIntegrations;
import dev.rekey.interpreter.ports.TaskOutcome;
import dev.rekey.local.http.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.MapRunStatus;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ValidateStateMachineDefinitionResultCode;

/** Every action through the SDK's own client, which refuses what is not in the service's form. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StepFunctionsEndpointTest {
    private static final String ROLE = "arn:aws:iam::000000000000:role/test";
    private static final String PASS = """
        {"QueryLanguage": "JSONata", "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}\
        """;
    private static final String CALLBACK = """
        {"QueryLanguage": "JSONata", "StartAt": "T", "States": {"T": {
            "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "End": true,
            "Arguments": {"FunctionName": "f", "Payload": "{% $states.context.Task.Token %}"}}}}\
        """;
    private static final String MAP = """
        {"QueryLanguage": "JSONata", "StartAt": "M", "States": {"M": {
            "Type": "Map", "Items": [1, 2, 3], "Label": "each", "MaxConcurrency": 2, "End": true,
            "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}\
        """;

    private final BlockingQueue<JsonNode> payloads = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private LoopbackServer server;
    private SfnClient client;

    @BeforeAll
    void serve() throws IOException {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        SystemTimers timers = new SystemTimers(
                InstantSource.system(), threads, Thread.ofPlatform().daemon().factory());
        StepFunctions service = LocalStepFunctions.open(
                new Settings("us-east-1", "000000000000", "Lambda.Unknown"),
                new Ports(
                        new MemoryStore(),
                        TaskIntegrations.lambda((function, payload) -> {
                            payloads.add(payload);
                            return CompletableFuture.completedFuture(TaskOutcome.succeeded(payload));
                        }),
                        ObjectStore.none(),
                        timers,
                        new Random(1),
                        threads));
        server = LoopbackServer.bind(0, line -> {});
        server.serve(StepFunctionsEndpoint.MOST_BYTES, new StepFunctionsEndpoint(service, new ObjectMapper()));
        client = SfnClient.builder()
                .endpointOverride(server.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
        open.addAll(List.of(client, server, service, timers, threads::shutdownNow));
    }

    @AfterAll
    void close() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
    }

    @Test
    void aStateMachineFromItsCreationToItsEnd() {
        String arn = create("whole-life", PASS);
        assertThat(arn).isEqualTo("arn:aws:states:us-east-1:000000000000:stateMachine:whole-life");
        assertThat(client.listStateMachines(list -> {}).stateMachines())
                .anySatisfy(machine -> assertThat(machine.name()).isEqualTo("whole-life"));
        Instant updated = client.updateStateMachine(
                        update -> update.stateMachineArn(arn).definition(MAP))
                .updateDate();
        assertThat(updated).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
        var described = client.describeStateMachine(describe -> describe.stateMachineArn(arn));
        assertThat(described.definition()).isEqualTo(MAP);
        assertThat(described.typeAsString()).isEqualTo("STANDARD");
        assertThat(described.statusAsString()).isEqualTo("ACTIVE");
        client.deleteStateMachine(delete -> delete.stateMachineArn(arn));
        assertThatThrownBy(() -> client.describeStateMachine(describe -> describe.stateMachineArn(arn)))
                .isInstanceOf(StateMachineDoesNotExistException.class)
                .hasMessageContaining(arn);
    }

    @Test
    void aDefinitionIsValidatedAndRefused() {
        assertThat(client.validateStateMachineDefinition(validate -> validate.definition(PASS))
                        .result())
                .isEqualTo(ValidateStateMachineDefinitionResultCode.OK);
        var found = client.validateStateMachineDefinition(validate -> validate.definition("{\"StartAt\":\"X\"}"));
        assertThat(found.result()).isEqualTo(ValidateStateMachineDefinitionResultCode.FAIL);
        assertThat(found.diagnostics())
                .isNotEmpty()
                .allSatisfy(diagnostic -> assertThat(diagnostic.message()).isNotBlank());
        assertThatThrownBy(() -> create("refused", "{\"StartAt\":\"X\"}"))
                .isInstanceOf(InvalidDefinitionException.class);
    }

    @Test
    void anExecutionAndItsHistory() {
        String machine = create("passing", PASS);
        String execution = client.startExecution(
                        start -> start.stateMachineArn(machine).name("one").input("{\"n\":1}"))
                .executionArn();
        DescribeExecutionResponse ended = ended(execution);
        assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(ended.output()).isEqualTo("{\"n\":1}");
        assertThat(ended.stopDate()).isAfterOrEqualTo(ended.startDate());
        assertThat(client.describeStateMachineForExecution(describe -> describe.executionArn(execution))
                        .definition())
                .isEqualTo(PASS);
        List<HistoryEvent> events = client
                .getExecutionHistoryPaginator(
                        history -> history.executionArn(execution).maxResults(2))
                .events()
                .stream()
                .toList();
        assertThat(events)
                .extracting(HistoryEvent::type)
                .containsExactly(
                        HistoryEventType.EXECUTION_STARTED,
                        HistoryEventType.PASS_STATE_ENTERED,
                        HistoryEventType.PASS_STATE_EXITED,
                        HistoryEventType.EXECUTION_SUCCEEDED);
        assertThat(events.getFirst().executionStartedEventDetails().input()).isEqualTo("{\"n\":1}");
        List<HistoryEvent> newestFirst = client.getExecutionHistory(history ->
                        history.executionArn(execution).reverseOrder(true).includeExecutionData(false))
                .events();
        assertThat(newestFirst).extracting(HistoryEvent::id).containsExactly(4L, 3L, 2L, 1L);
        assertThat(newestFirst.getLast().executionStartedEventDetails().input()).isNull();
        assertThatThrownBy(() -> client.startExecution(
                        start -> start.stateMachineArn(machine).name("one").input("{\"n\":2}")))
                .isInstanceOf(ExecutionAlreadyExistsException.class);
    }

    @Test
    void executionsAreListedInPagesAndByStatus() {
        String machine = create("listed", PASS);
        for (int i = 0; i < 3; i++) {
            ended(client.startExecution(start -> start.stateMachineArn(machine)).executionArn());
        }
        var first = client.listExecutions(list -> list.stateMachineArn(machine).maxResults(2));
        assertThat(first.executions()).hasSize(2);
        var second = client.listExecutions(
                list -> list.stateMachineArn(machine).maxResults(2).nextToken(first.nextToken()));
        assertThat(second.executions()).hasSize(1);
        assertThat(second.nextToken()).isNull();
        assertThat(client.listExecutions(list -> list.stateMachineArn(machine).statusFilter(ExecutionStatus.FAILED))
                        .executions())
                .isEmpty();
    }

    @Test
    void aMapRunAndItsChildren() {
        String execution = client.startExecution(start -> start.stateMachineArn(create("mapping", MAP)))
                .executionArn();
        assertThat(ended(execution).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var runs = client.listMapRuns(list -> list.executionArn(execution)).mapRuns();
        assertThat(runs).hasSize(1);
        String arn = runs.getFirst().mapRunArn();
        var run = client.describeMapRun(describe -> describe.mapRunArn(arn));
        assertThat(run.status()).isEqualTo(MapRunStatus.SUCCEEDED);
        assertThat(run.maxConcurrency()).isEqualTo(2);
        assertThat(run.itemCounts().succeeded()).isEqualTo(3);
        assertThat(client.listExecutions(list -> list.mapRunArn(arn)).executions())
                .hasSize(3)
                .allSatisfy(child -> assertThat(child.mapRunArn()).isEqualTo(arn));
    }

    @Test
    void aTaskIsAnsweredByItsToken() throws InterruptedException {
        String machine = create("callback", CALLBACK);
        String succeeds = start(machine);
        String token = token();
        client.sendTaskHeartbeat(heartbeat -> heartbeat.taskToken(token));
        client.sendTaskSuccess(success -> success.taskToken(token).output("{\"ok\":true}"));
        assertThat(ended(succeeds).output()).isEqualTo("{\"ok\":true}");
        String fails = start(machine);
        String other = token();
        client.sendTaskFailure(failure -> failure.taskToken(other).error("Bad").cause("because"));
        assertThat(ended(fails).error()).isEqualTo("Bad");
        assertThat(ended(fails).cause()).isEqualTo("because");
        assertThatThrownBy(() -> client.sendTaskHeartbeat(heartbeat -> heartbeat.taskToken("none")))
                .isInstanceOf(InvalidTokenException.class);
    }

    @Test
    void anExecutionIsStoppedAndRedriven() throws InterruptedException {
        String execution = start(create("stopped", CALLBACK));
        token();
        assertThat(client.stopExecution(stop ->
                                stop.executionArn(execution).error("Stop").cause("by hand"))
                        .stopDate())
                .isNotNull();
        DescribeExecutionResponse stopped = ended(execution);
        assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(stopped.error()).isEqualTo("Stop");
        assertThat(client.redriveExecution(redrive -> redrive.executionArn(execution))
                        .redriveDate())
                .isNotNull();
        String again = token();
        client.sendTaskSuccess(success -> success.taskToken(again).output("1"));
        assertThat(ended(execution).redriveCount()).isEqualTo(1);
        assertThatThrownBy(() -> client.redriveExecution(redrive -> redrive.executionArn(execution)))
                .isInstanceOf(ExecutionNotRedrivableException.class);
    }

    @Test
    void refusalsHaveTheServicesNames() {
        String nobody = "arn:aws:states:us-east-1:000000000000:execution:nobody:none";
        assertThatThrownBy(() -> client.describeExecution(describe -> describe.executionArn(nobody)))
                .isInstanceOf(ExecutionDoesNotExistException.class);
        assertThatThrownBy(() -> client.startExecution(start -> {}))
                .isInstanceOfSatisfying(
                        SfnException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode())
                                .isEqualTo("ValidationException"));
    }

    @Test
    void whatIsNoActionOrNoJsonIsRefused() throws Exception {
        assertThat(post("AWSStepFunctions.Other", "{}"))
                .isEqualTo("{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}");
        assertThat(post("DynamoDB_20120810.ListTables", "{}")).contains("UnknownOperationException");
        assertThat(post("AWSStepFunctions.ListStateMachines", "{\"maxResults\""))
                .contains("SerializationException");
        assertThat(post("AWSStepFunctions.ListStateMachines", "[]")).contains("SerializationException");
        assertThat(post("AWSStepFunctions.ListStateMachines", "{\"maxResults\":1001}"))
                .contains("ValidationException");
        assertThat(post("AWSStepFunctions.DescribeExecution", "{\"executionArn\":5}"))
                .contains("ValidationException");
    }

    private String post(String target, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.uri() + "/"))
                .header("X-Amz-Target", target)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient plain = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = plain.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(400);
            return answer.body();
        }
    }

    private String create(String name, String definition) {
        return client.createStateMachine(
                        create -> create.name(name).definition(definition).roleArn(ROLE))
                .stateMachineArn();
    }

    private String start(String machine) {
        return client.startExecution(start -> start.stateMachineArn(machine)).executionArn();
    }

    private String token() throws InterruptedException {
        return payloads.poll(10, TimeUnit.SECONDS).textValue();
    }

    private DescribeExecutionResponse ended(String execution) {
        DescribeExecutionResponse seen = client.describeExecution(describe -> describe.executionArn(execution));
        for (int attempt = 0; attempt < 2_000 && seen.status() == ExecutionStatus.RUNNING; attempt++) {
            seen = client.describeExecution(describe -> describe.executionArn(execution));
        }
        assertThat(seen.status()).isNotEqualTo(ExecutionStatus.RUNNING);
        return seen;
    }
}
