package dev.rekey.local.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.handlers.WorkflowDocument.Step;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

    private static WholeStack stack;

    @BeforeAll
    static void start() throws InterruptedException {
        stack = WholeStack.besides(data, UnfinishedLifecycleTest::outOfMemory);
    }

    @AfterAll
    static void stop() {
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
        var world = new SmallWorld(stack.db(), "unfinished-" + step.functionName());
        world.create();
        world.load();
        BROKEN.get(step.functionName()).set(ALWAYS);
        var failed = stack.run(migrate(world.plan()));
        BROKEN.get(step.functionName()).set(0);

        assertThat(failed.error()).as(failed.cause()).isEqualTo("Rekey.Incomplete");
        if (step != Step.MIGRATE) {
            assertThat(world.items("Contacts", "prod")).hasSize(60);
        }
        var run = failed.cause().replaceFirst("(?s).*rekey resume --run ([0-9A-Za-z-]+).*", "$1");
        var resumed = stack.run(JSON.createObjectNode().put("action", "resume").put("run", run));
        assertThat(resumed.status()).as(resumed.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(world.items("InvoiceLines", "prod")).hasSize(30);
    }

    @Test
    void oneThatRanOutOfMemoryIsTriedOnceMore() throws Exception {
        var world = new SmallWorld(stack.db(), "once-more");
        world.create();
        world.load();
        BROKEN.get(Step.MIGRATE.functionName()).set(1);
        BROKEN.get(Step.VERIFY.functionName()).set(1);

        var migrated = stack.run(migrate(world.plan()));
        assertThat(migrated.status()).as(migrated.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    private static ObjectNode migrate(String plan) {
        return JSON.createObjectNode()
                .put("action", "migrate")
                .put("plan", plan)
                .put("confirm", "small-world");
    }
}
