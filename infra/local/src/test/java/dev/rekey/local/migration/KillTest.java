package dev.rekey.local.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.local.RunningStores;
import dev.rekey.local.stores.StoreProcess;
import dev.rekey.local.stores.StoreProgram;
import dev.rekey.local.stores.Workplace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * The stores go on; the process that runs state machine and functions is killed at random moments and started again.
 * What is migrated and what is rolled back in the end are the same bytes as without a kill.
 *
 * <p>{@code -Dkills=300} for more of it, {@code -Dseed=…} for other moments. Moments are of the clock: a seed does not
 * bring back the same interleaving.
 */
final class KillTest {
    private static final int KILLS = Integer.getInteger("kills", 15);
    private static final long SEED = Long.getLong("seed", 1);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SOONEST_KILL_MILLIS = 100;
    private static final int LATEST_KILL_MILLIS = 3_000;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private List<StoreProcess> processes;
    private RunningStores stores;
    private DynamoDbClient db;
    private int kills;

    @BeforeEach
    void startStores() throws Exception {
        var javaHome = Path.of(System.getProperty("java.home"));
        var place = new Workplace(Path.of(System.getProperty("rekey.stores")), folder, folder);
        processes = List.of(
                StoreProcess.launch(StoreProgram.dynamoDbLocal(place, 0, Optional.empty()), javaHome),
                StoreProcess.launch(StoreProgram.s3Mock(place, 0, folder.resolve("s3"), "rekey"), javaHome));
        stores = new RunningStores(address(processes.getFirst()), address(processes.getLast()));
        db = SmallWorld.client(stores.dynamodb());
    }

    private static URI address(StoreProcess store) throws Exception {
        return URI.create("http://127.0.0.1:" + store.awaitPort(Duration.ofSeconds(60)));
    }

    @AfterEach
    void stopStores() {
        db.close();
        processes.forEach(StoreProcess::close);
    }

    @Test
    void whatIsKilledAtAnyMomentEndsAsIfItHadNotBeen() throws Exception {
        var world = new SmallWorld(db, "kill");
        world.create();
        world.load();
        var empty = world.dump("prod");
        var source = world.dump("dev");
        var worker = KilledWorker.start(folder.resolve("data"), stores);
        try {
            var first = worker.ended(worker.begin(migrate(world)));
            var migrated = world.dump("prod");
            assertThat(worker.ended(worker.begin(rollback(first))).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            while (kills < KILLS) {
                var run = killedUntilItEnds(worker, migrate(world));
                assertThat(run.status()).as(run.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
                assertThat(world.dump("prod")).as("after migrate, seed " + SEED).isEqualTo(migrated);
                var undone = killedUntilItEnds(worker, rollback(run));
                assertThat(undone.status()).as(undone.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
                assertThat(world.dump("prod"))
                        .as("after rollback, seed " + SEED)
                        .isEqualTo(empty);
            }
            assertThat(world.dump("dev")).isEqualTo(source);
        } finally {
            worker.kill();
        }
    }

    private DescribeExecutionResponse killedUntilItEnds(KilledWorker worker, ObjectNode input) throws Exception {
        var execution = worker.begin(input);
        // Later and later, so that the work comes to an end.
        for (int latest = LATEST_KILL_MILLIS; kills < KILLS; latest += LATEST_KILL_MILLIS / 4) {
            var end = worker.endedWithin(execution, Duration.ofMillis(SOONEST_KILL_MILLIS + random.nextInt(latest)));
            if (end.isPresent()) {
                return end.get();
            }
            worker.kill();
            kills++;
            worker.startAgain();
        }
        return worker.ended(execution);
    }

    private static ObjectNode migrate(SmallWorld world) {
        return JSON.createObjectNode()
                .put("action", "migrate")
                .put("plan", world.plan())
                .put("confirm", "small-world");
    }

    private static ObjectNode rollback(DescribeExecutionResponse migrated) throws IOException {
        return JSON.createObjectNode()
                .put("action", "rollback")
                .put("run", JSON.readTree(migrated.output()).at("/run").asText())
                .put("confirm", "small-world");
    }
}
