package dev.rekey.local.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.engine.run.LedgerCheck;
import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Pausing;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.Stored;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** A run is paused in its middle and goes on, also when everything was stopped and started again, or is rolled back. */
final class PauseLifecycleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final SystemTime time = new SystemTime();

    @TempDir
    private Path data;

    private WholeStack stack = WholeStack.started();

    @AfterEach
    void stopItsOwn() {
        if (stack != WholeStack.started()) {
            stack.close();
        }
    }

    @Test
    void aPausedRunGoesOnWhenItIsUnpaused() throws Exception {
        var world = new SmallWorld(stack.db(), "paused");
        world.create();
        world.load();
        var execution = stack.begin(input("migrate").put("plan", world.plan()));
        var folder = pausedInTheMiddle(execution);

        assertThat(new Pausing(stack.documents(), folder, time).unpause(stack.taskTokens()))
                .isPositive();

        assertMigrated(stack.ended(execution), folder);
        assertThat(decided(folder)).contains("Unpaused");
    }

    /** An execution does not outlive its stack; the run goes on where it was. */
    @Test
    void aPausedRunSurvivesARestartOfEverythingAndIsResumed() throws Exception {
        stack = new WholeStack(WholeStack.start(WholeStack.options(data)));
        var world = new SmallWorld(stack.db(), "restarted");
        world.create();
        world.load();
        var execution = stack.begin(input("migrate").put("plan", world.plan()));
        var folder = pausedInTheMiddle(execution);
        var paused = world.dump("prod");

        stack.close();
        stack = new WholeStack(WholeStack.start(WholeStack.options(data)));

        assertThat(stack.describe(execution).status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(new SmallWorld(stack.db(), "restarted").dump("prod")).isEqualTo(paused);
        assertMigrated(stack.run(input("resume").put("run", folder.run().value())), folder);
    }

    private void assertMigrated(DescribeExecutionResponse migrated, RunFolder folder) throws Exception {
        assertThat(migrated.status()).as(migrated.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var output = JSON.readTree(migrated.output());
        assertThat(output.at("/counts/created").asLong()).isEqualTo(170);
        assertThat(output.at("/verification/verdict").asText()).isEqualTo("passed");
        assertThat(stack.documents().list(folder.key("pause/").name())).isEmpty();
        assertThat(LedgerCheck.check(stack.documents(), folder.run()))
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
        var world = new SmallWorld(stack.db(), "taken-back");
        world.create();
        world.load();
        var empty = world.dump("prod");
        var execution = stack.begin(input("migrate").put("plan", world.plan()));
        var folder = pausedInTheMiddle(execution);

        stack.stop(execution);
        var rolledBack = stack.run(input("rollback").put("run", folder.run().value()));

        assertThat(rolledBack.status()).as(rolledBack.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(world.dump("prod")).isEqualTo(empty);
        assertThat(stack.documents().list(folder.key("pause/").name())).isEmpty();

        var resumed = stack.run(input("resume").put("run", folder.run().value()));
        assertThat(resumed.error()).isEqualTo("Rekey.Refused");
        assertThat(decided(folder)).endsWith("Started", "RollbackStarted", "WritersStopped", "Ended", "Refused");
        assertThat(LedgerCheck.check(stack.documents(), folder.run()))
                .isInstanceOf(LedgerCheck.CheckOutcome.Whole.class);
    }

    /** The kinds of the ledger's entries. */
    private List<String> decided(RunFolder folder) {
        return Stored.all(stack.documents(), folder.run()).stream()
                .map(stored ->
                        stored.entry().orElseThrow().decision().getClass().getSimpleName())
                .toList();
    }

    private List<?> levels(RunFolder folder) {
        return stack.documents().get(folder.manifest(), Manifest.class).value().levels();
    }

    /** Paused when the first records were written, and waiting. */
    private RunFolder pausedInTheMiddle(String execution) {
        var seen = stack.describe(execution);
        var folder = new RunFolder(RunId.of(seen.startDate(), seen.name()));
        await(() -> !stack.documents().list(folder.key("log/").name()).isEmpty());
        assertThat(new Pausing(stack.documents(), folder, time).pause())
                .isInstanceOf(Pausing.PauseOutcome.Paused.class);
        await(() -> !stack.documents().list(folder.key("pause/").name()).isEmpty());
        assertThat(stack.describe(execution).status()).isEqualTo(ExecutionStatus.RUNNING);
        return folder;
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
