package dev.rekey.local.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.aws.AwsClients;
import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.engine.run.LedgerCheck;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Pausing;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stored;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.local.Ports;
import dev.rekey.local.Stack;
import dev.rekey.local.StackOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** A run is paused in its middle, everything is stopped and started again, and the run goes on. */
final class PauseLifecycleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final SystemTime time = new SystemTime();

    @TempDir
    private Path data;

    private Stack stack;
    private AwsClients clients;
    private SfnClient stepFunctions;
    private DynamoDbClient db;
    private Documents documents;

    @BeforeEach
    void start() throws InterruptedException {
        var options = StackOptions.standard(
                        data, Path.of(System.getProperty("rekey.stores")), Path.of(System.getProperty("java.home")))
                .with(Ports.free());
        stack = WholeStack.start(options);
        clients = new AwsClients(stack.endpoints().clientEnvironment());
        stepFunctions = clients.stepFunctions();
        db = SmallWorld.client(stack.endpoints().dynamodb());
        var random = new Random(1);
        documents = new Documents(
                clients.objects(options.bucket(), time, random),
                new Backoff(time, random, time.instant().plus(LONGEST_WAIT)));
    }

    @AfterEach
    void stop() {
        db.close();
        clients.close();
        stack.close();
    }

    @Test
    void aPausedRunGoesOnWhenItIsUnpaused() throws Exception {
        var world = new SmallWorld(db, "paused");
        world.create();
        world.load();
        var execution = begin(input("migrate").put("plan", world.plan()));
        var folder = pausedInTheMiddle(execution);

        assertThat(new Pausing(documents, folder, time).unpause(clients.taskTokens()))
                .isPositive();

        assertMigrated(ended(execution), folder);
        assertThat(decided(folder)).contains("Unpaused");
    }

    /** An execution does not outlive its stack; the run goes on where it was. */
    @Test
    void aPausedRunSurvivesARestartOfEverythingAndIsResumed() throws Exception {
        var world = new SmallWorld(db, "restarted");
        world.create();
        world.load();
        var execution = begin(input("migrate").put("plan", world.plan()));
        var folder = pausedInTheMiddle(execution);
        var paused = world.dump("prod");

        stop();
        start();

        assertThat(describe(execution).status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(new SmallWorld(db, "restarted").dump("prod")).isEqualTo(paused);
        assertMigrated(ended(begin(input("resume").put("run", folder.run().value()))), folder);
    }

    private void assertMigrated(DescribeExecutionResponse migrated, RunFolder folder) throws Exception {
        assertThat(migrated.status()).as(migrated.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var output = JSON.readTree(migrated.output());
        assertThat(output.at("/counts/created").asLong()).isEqualTo(170);
        assertThat(output.at("/verification/verdict").asText()).isEqualTo("passed");
        assertThat(documents.list(folder.key("pause/").name())).isEmpty();
        assertThat(LedgerCheck.check(documents, folder.run()))
                .isInstanceOfSatisfying(
                        LedgerCheck.CheckOutcome.Whole.class,
                        whole -> assertThat(whole.held()).isEqualTo(whole.entries()));
        assertThat(decided(folder))
                .startsWith("Started", "Judged")
                .contains("Paused", "LevelMigrated", "LevelVerified")
                .endsWith("Ended");
        assertThat(decided(folder).stream().filter("LevelVerified"::equals)).hasSameSizeAs(levels(folder));
    }

    @Test
    void aPausedRunIsRolledBackAndItsWorkersEnd() throws Exception {
        var world = new SmallWorld(db, "taken-back");
        world.create();
        world.load();
        var empty = world.dump("prod");
        var execution = begin(input("migrate").put("plan", world.plan()));
        var folder = pausedInTheMiddle(execution);

        stepFunctions.stopExecution(request -> request.executionArn(execution));
        var rolledBack = ended(begin(input("rollback").put("run", folder.run().value())));

        assertThat(rolledBack.status()).as(rolledBack.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(world.dump("prod")).isEqualTo(empty);
        assertThat(documents.list(folder.key("pause/").name())).isEmpty();

        var resumed = ended(begin(input("resume").put("run", folder.run().value())));
        assertThat(resumed.error()).isEqualTo("Rekey.Refused");
        assertThat(decided(folder)).endsWith("Started", "RollbackStarted", "WritersStopped", "Ended", "Refused");
        assertThat(LedgerCheck.check(documents, folder.run())).isInstanceOf(LedgerCheck.CheckOutcome.Whole.class);
    }

    /** The kinds of the ledger's entries. */
    private List<String> decided(RunFolder folder) {
        return Stored.all(documents, folder.run()).stream()
                .map(stored ->
                        stored.entry().orElseThrow().decision().getClass().getSimpleName())
                .toList();
    }

    private List<?> levels(RunFolder folder) {
        return documents.get(folder.manifest(), Manifest.class).value().levels();
    }

    /** Paused when the first records were written, and waiting. */
    private RunFolder pausedInTheMiddle(String execution) {
        var seen = describe(execution);
        var folder = new RunFolder(RunId.of(seen.startDate(), seen.name()));
        await(() -> !documents.list(folder.key("log/").name()).isEmpty());
        assertThat(new Pausing(documents, folder, time).pause()).isInstanceOf(Pausing.PauseOutcome.Paused.class);
        await(() -> !documents.list(folder.key("pause/").name()).isEmpty());
        assertThat(describe(execution).status()).isEqualTo(ExecutionStatus.RUNNING);
        return folder;
    }

    private String begin(ObjectNode input) {
        return stepFunctions
                .startExecution(
                        request -> request.stateMachineArn(stack.endpoints().stateMachineArn())
                                .input(input.toString()))
                .executionArn();
    }

    private DescribeExecutionResponse ended(String execution) {
        await(() -> describe(execution).status() != ExecutionStatus.RUNNING);
        return describe(execution);
    }

    private DescribeExecutionResponse describe(String execution) {
        return stepFunctions.describeExecution(request -> request.executionArn(execution));
    }

    private void await(BooleanSupplier condition) {
        var giveUpAt = time.instant().plus(LONGEST_WAIT);
        while (!condition.getAsBoolean()) {
            assertThat(time.instant()).isBefore(giveUpAt);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static ObjectNode input(String action) {
        return JSON.createObjectNode().put("action", action).put("confirm", "small-world");
    }
}
