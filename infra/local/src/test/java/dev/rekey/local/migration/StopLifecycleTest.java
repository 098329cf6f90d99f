package dev.rekey.local.migration;

import static dev.rekey.local.migration.SmallWorld.n;
import static dev.rekey.local.migration.SmallWorld.s;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.engine.run.RunId;
import dev.rekey.handlers.WorkflowDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Runs that are stopped, or stop by themselves, and what follows: with the real workflow on the real stores. */
final class StopLifecycleTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path data;

    private static WholeStack stack;
    private static volatile Gate gate = Gate.open();

    /** Where workers wait before they begin, like one whose sandbox was frozen. */
    private record Gate(CountDownLatch arrived, CountDownLatch opened, CountDownLatch left) {
        static Gate closed() {
            return new Gate(new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1));
        }

        static Gate open() {
            var gate = closed();
            gate.opened().countDown();
            return gate;
        }

        static RequestStreamHandler before(RequestStreamHandler handler) {
            return (input, output, context) -> {
                var here = gate;
                here.arrived().countDown();
                try {
                    here.opened().await();
                    handler.handleRequest(input, output, context);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    here.left().countDown();
                }
            };
        }
    }

    @BeforeAll
    static void start() throws InterruptedException {
        stack = WholeStack.besides(
                data,
                (name, handler) ->
                        name.equals(WorkflowDocument.Step.MIGRATE.functionName()) ? Gate.before(handler) : handler);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aWorkerThatWakesAfterTheRunWasStoppedAndRolledBackWritesNothing() throws Exception {
        var world = new SmallWorld(stack.db(), "stopped");
        world.create();
        world.load();
        var empty = world.dump("prod");
        var closed = Gate.closed();
        gate = closed;
        var migration = stack.begin(migrate(world.plan()));
        assertThat(closed.arrived().await(60, TimeUnit.SECONDS)).isTrue();
        var run = runOf(migration);
        gate = Gate.open();

        var refused = stack.run(ofRun("resume", run));
        assertThat(refused.error()).isEqualTo("Rekey.Refused");
        assertThat(refused.cause()).contains("is working on it");

        var stopped = stack.run(ofRun("stop", run));
        assertThat(stopped.status()).as(stopped.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(JSON.readTree(stopped.output()).at("/message").asText())
                .contains("All writers stopped")
                .contains("ABORTED");
        assertThat(stack.describe(migration).status()).isEqualTo(ExecutionStatus.ABORTED);

        var rolledBack = stack.run(ofRun("rollback", run).put("confirm", "small-world"));
        assertThat(rolledBack.status()).as(rolledBack.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        closed.opened().countDown();
        assertThat(closed.left().await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(world.dump("prod")).isEqualTo(empty);
        assertThat(stack.run(migrate(world.plan())).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void aFailureMayLeaveTheRunToBeResumed() throws Exception {
        var world = new SmallWorld(stack.db(), "resumable");
        world.create();
        world.load();
        var plan = world.plan().replace("identity: { rule: derive, digits: 15 }", "identity: { rule: keep }");

        var deleting = world.deletingDuringTheMigration("Invoices", Map.of("number", n(7)));
        var failed = stack.run(migrate(plan).put("onFailure", "stop"));
        deleting.interrupt();
        deleting.join();
        assertThat(failed.error()).as(failed.cause()).isEqualTo("Rekey.Incomplete");
        var run = failed.cause().replaceFirst("(?s).*rekey resume --run ([0-9A-Za-z-]+).*", "$1");
        assertThat(failed.cause())
                .contains("a record of Invoices that is missing")
                .contains("rekey rollback --run " + run);
        assertThat(world.items("Contacts", "prod")).hasSize(60);

        var byHand = Map.of("number", n(7), "projectId", s("p7"));
        world.putInto("Invoices", "prod", byHand);
        var resumed = stack.run(ofRun("resume", run));
        assertThat(resumed.status()).as(resumed.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(world.items("InvoiceLines", "prod")).hasSize(30);

        var rolledBack = stack.run(ofRun("rollback", run).put("confirm", "small-world"));
        assertThat(rolledBack.status()).as(rolledBack.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        // It equals what the run writes: whose it is depends on when it was put.
        assertThat(world.items("Invoices", "prod")).isSubsetOf(List.of(byHand));
        world.deleteFrom("Invoices", "prod", Map.of("number", n(7)));
        assertThat(world.dump("prod").values())
                .allSatisfy(items -> assertThat(items).isEmpty());
    }

    private static ObjectNode migrate(String plan) {
        return JSON.createObjectNode()
                .put("action", "migrate")
                .put("plan", plan)
                .put("confirm", "small-world");
    }

    private static ObjectNode ofRun(String action, String run) {
        return JSON.createObjectNode().put("action", action).put("run", run);
    }

    private static String runOf(String execution) {
        var seen = stack.describe(execution);
        return RunId.of(seen.startDate(), seen.name()).value();
    }
}
