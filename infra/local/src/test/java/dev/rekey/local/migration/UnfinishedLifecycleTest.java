package dev.rekey.local.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.aws.AwsClients;
import dev.rekey.handlers.Workflow.Step;
import dev.rekey.local.Durability;
import dev.rekey.local.Ports;
import dev.rekey.local.Stack;
import dev.rekey.local.StackOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** A function that cannot finish its work has found nothing wrong: nothing is taken back, and the run is resumed. */
final class UnfinishedLifecycleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ALWAYS = Integer.MAX_VALUE;

    /** How many more invocations of each function run out of memory. */
    private static final Map<String, AtomicInteger> BROKEN =
            Arrays.stream(Step.values()).collect(Collectors.toMap(Step::functionName, _ -> new AtomicInteger()));

    @TempDir
    private static Path data;

    private static Stack stack;
    private static AwsClients clients;
    private static DynamoDbClient db;

    @BeforeAll
    static void start() throws InterruptedException {
        var options = StackOptions.standard(
                        data, Path.of(System.getProperty("rekey.stores")), Path.of(System.getProperty("java.home")))
                .with(Ports.free())
                .with(Durability.IN_MEMORY);
        stack = WholeStack.start(options, UnfinishedLifecycleTest::outOfMemory);
        clients = new AwsClients(stack.endpoints().clientEnvironment());
        db = SmallWorld.client(stack.endpoints().dynamodb());
    }

    @AfterAll
    static void stop() {
        db.close();
        clients.close();
        stack.close();
    }

    private static RequestStreamHandler outOfMemory(String function, RequestStreamHandler handler) {
        return (input, output, context) -> {
            if (BROKEN.containsKey(function) && BROKEN.get(function).getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new OutOfMemoryError("as the test says");
            }
            handler.handleRequest(input, output, context);
        };
    }

    /** Of the copying too: what is written is right, only more is to be written. */
    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"MIGRATE", "VERIFY"})
    void whatCouldNotFinishIsLeftToBeResumed(Step step) throws Exception {
        var world = new SmallWorld(db, "unfinished-" + step.functionName());
        world.create();
        world.load();
        BROKEN.get(step.functionName()).set(ALWAYS);
        var failed = run(migrate(world.plan()));
        BROKEN.get(step.functionName()).set(0);

        assertThat(failed.error()).as(failed.cause()).isEqualTo("Rekey.Incomplete");
        if (step != Step.MIGRATE) {
            assertThat(world.items("Contacts", "prod")).hasSize(60);
        }
        var run = failed.cause().replaceFirst("(?s).*rekey resume --run ([0-9A-Za-z-]+).*", "$1");
        var resumed = run(JSON.createObjectNode().put("action", "resume").put("run", run));
        assertThat(resumed.status()).as(resumed.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(world.items("InvoiceLines", "prod")).hasSize(30);
    }

    @Test
    void oneThatRanOutOfMemoryIsTriedOnceMore() throws Exception {
        var world = new SmallWorld(db, "once-more");
        world.create();
        world.load();
        BROKEN.get(Step.MIGRATE.functionName()).set(1);
        BROKEN.get(Step.VERIFY.functionName()).set(1);

        var migrated = run(migrate(world.plan()));
        assertThat(migrated.status()).as(migrated.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    private static ObjectNode migrate(String plan) {
        return JSON.createObjectNode()
                .put("action", "migrate")
                .put("plan", plan)
                .put("confirm", "small-world");
    }

    private static DescribeExecutionResponse run(ObjectNode input) {
        var stepFunctions = clients.stepFunctions();
        var execution = stepFunctions
                .startExecution(
                        request -> request.stateMachineArn(stack.endpoints().stateMachineArn())
                                .input(input.toString()))
                .executionArn();
        while (true) {
            var seen = stepFunctions.describeExecution(request -> request.executionArn(execution));
            if (seen.status() != ExecutionStatus.RUNNING) {
                return seen;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
