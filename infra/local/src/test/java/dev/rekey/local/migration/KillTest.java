package dev.rekey.local.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.aws.AwsClients;
import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.local.RunningStores;
import dev.rekey.local.stores.StoreProcess;
import dev.rekey.local.stores.StoreProgram;
import dev.rekey.local.stores.Workplace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * The stores go on; the process that runs state machine and functions is killed and started again: once wherever a run can
 * be, as its objects say, and, with {@code -Pexhaustive}, at random moments. Nothing goes on by itself then: somebody stops
 * what is left, or not, and resumes it. What is migrated and what is rolled back in the end are the same bytes as without a
 * kill.
 *
 * <p>{@code -Dkills=300} for more random moments, {@code -Dseed=…} for others. They are of the clock: a seed does not bring
 * back the same interleaving.
 */
final class KillTest {
    /** One is enough, unless a place is over before it is seen. */
    private static final int MOST_ROUNDS = 10;

    private static final int KILLS = Integer.getInteger("kills", 60);
    private static final long SEED = Long.getLong("seed", 1);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SOONEST_KILL_MILLIS = 100;
    private static final int LATEST_KILL_MILLIS = 3_000;
    private static final Duration LONGEST = Duration.ofHours(12);

    @TempDir
    Path folder;

    private final SystemTime time = new SystemTime();
    private final Random random = new Random(SEED);
    private List<StoreProcess> processes;
    private RunningStores stores;
    private DynamoDbClient db;
    private AwsClients clients;
    private Documents documents;
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
        clients = new AwsClients(Map.of(
                "AWS_ENDPOINT_URL_S3", stores.s3().toString(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local"));
        documents = new Documents(
                clients.objects("rekey", time, random),
                new Backoff(time, random, time.instant().plus(LONGEST)));
    }

    private static URI address(StoreProcess store) throws Exception {
        return URI.create("http://127.0.0.1:" + store.awaitPort(Duration.ofSeconds(60)));
    }

    @AfterEach
    void stopStores() {
        db.close();
        clients.close();
        processes.forEach(StoreProcess::close);
    }

    @Test
    void whatIsKilledWhereverItIsEndsAsIfItHadNotBeen() throws Exception {
        var left = EnumSet.of(RunPlace.ANALYZING, RunPlace.COPYING, RunPlace.COMPARING, RunPlace.ROLLING_BACK);
        var rounds = new AtomicInteger();
        compareWithUnkilled(
                () -> !left.isEmpty() && rounds.incrementAndGet() <= MOST_ROUNDS, job -> job.killedAt(left));
        assertThat(left).as("where no kill came in time").isEmpty();
    }

    @Test
    @Tag("exhaustive")
    void whatIsKilledAtAnyMomentEndsAsIfItHadNotBeen() throws Exception {
        compareWithUnkilled(() -> kills < KILLS, Job::killedUntilItIsDone);
    }

    /** Does a job to its end, and says on which run. */
    private interface Killing {
        RunId done(Job job) throws Exception;
    }

    /** Migrates and rolls back, without a kill and then as long as {@code goOn} says with them. */
    private void compareWithUnkilled(BooleanSupplier goOn, Killing killing) throws Exception {
        var world = new SmallWorld(db, "kill");
        world.create();
        world.load();
        var empty = world.dump("prod");
        var source = world.dump("dev");
        var worker = KilledWorker.start(folder.resolve("data"), stores);
        try {
            var first = new Job(worker, migrate(world), "migrated").done();
            var migrated = world.dump("prod");
            new Job(worker, rollback(first), "rolled back").done();
            while (goOn.getAsBoolean()) {
                var run = killing.done(new Job(worker, migrate(world), "migrated"));
                assertThat(world.dump("prod")).as("after migrate, seed " + SEED).isEqualTo(migrated);
                killing.done(new Job(worker, rollback(run), "rolled back"));
                assertThat(world.dump("prod"))
                        .as("after rollback, seed " + SEED)
                        .isEqualTo(empty);
            }
            assertThat(world.dump("dev")).isEqualTo(source);
        } finally {
            worker.kill();
        }
    }

    /** Something that is to be done to its end, whoever is killed on the way. */
    private final class Job {
        private final KilledWorker worker;
        private final ObjectNode input;
        private final String end;
        private String execution;
        private RunId run;

        /** @param end the phase that the run has when it is done, in words */
        Job(KilledWorker worker, ObjectNode input, String end) {
            this.worker = worker;
            this.input = input;
            this.end = end;
            begin();
        }

        private void begin() {
            execution = worker.begin(input);
            run = input.has("run") ? new RunId(input.get("run").textValue()) : runOf(worker.describe(execution));
        }

        RunId done() {
            while (!isDone(worker.ended(execution))) {
                begin();
            }
            return run;
        }

        RunId killedUntilItIsDone() throws Exception {
            // Later and later, so that the work comes to an end.
            for (int latest = LATEST_KILL_MILLIS; kills < KILLS; latest += LATEST_KILL_MILLIS / 4) {
                var seen =
                        worker.endedWithin(execution, Duration.ofMillis(SOONEST_KILL_MILLIS + random.nextInt(latest)));
                if (seen.isEmpty()) {
                    killAndResume();
                } else if (isDone(seen.get())) {
                    return run;
                } else {
                    begin();
                }
            }
            return done();
        }

        /** Killed wherever it passes that is left; what it was seen to be killed at is not left any more. */
        RunId killedAt(Set<RunPlace> left) throws Exception {
            for (var place : List.copyOf(left)) {
                if (reached(place)) {
                    worker.kill();
                    left.remove(RunPlace.of(documents, new RunFolder(run)));
                    resume(kills % 2 == 1);
                }
            }
            return done();
        }

        /** Waits until the run is there or further, or its execution has ended; says whether it was seen there. */
        private boolean reached(RunPlace place) {
            while (true) {
                var seen = RunPlace.of(documents, new RunFolder(run));
                if (seen.compareTo(place) >= 0 || worker.describe(execution).status() != ExecutionStatus.RUNNING) {
                    return seen == place;
                }
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
        }

        private void killAndResume() throws IOException {
            worker.kill();
            resume(random.nextInt(3) == 0);
        }

        /** @param stopFirst whether somebody stops what is left before */
        private void resume(boolean stopFirst) throws IOException {
            kills++;
            worker.startAgain();
            var left = worker.describe(execution).status();
            assertThat(left).as("at once after the start").isNotEqualTo(ExecutionStatus.RUNNING);
            if (stopFirst) {
                var stop = worker.ended(worker.begin(on("stop", run)));
                assertThat(stop.status() == ExecutionStatus.SUCCEEDED || isRefusal(stop))
                        .as(stop.cause())
                        .isTrue();
            }
            execution = worker.begin(on("resume", run));
        }

        /** False if nothing of it was begun before the kill, so that it has to be started anew. */
        private boolean isDone(DescribeExecutionResponse seen) {
            if (seen.status() == ExecutionStatus.SUCCEEDED) {
                return true;
            }
            assertThat(isRefusal(seen)).as("seed " + SEED + ": " + seen.cause()).isTrue();
            return seen.cause().contains("it has ended and is " + end + ".");
        }

        private static boolean isRefusal(DescribeExecutionResponse seen) {
            return seen.status() == ExecutionStatus.FAILED && seen.error().equals("Rekey.Refused");
        }

        private static RunId runOf(DescribeExecutionResponse execution) {
            return RunId.of(execution.startDate().truncatedTo(ChronoUnit.MILLIS), execution.name());
        }
    }

    private static ObjectNode on(String action, RunId run) {
        return JSON.createObjectNode().put("action", action).put("run", run.value());
    }

    private static ObjectNode migrate(SmallWorld world) {
        return JSON.createObjectNode()
                .put("action", "migrate")
                .put("plan", world.plan())
                .put("confirm", "small-world");
    }

    private static ObjectNode rollback(RunId migrated) {
        return on("rollback", migrated).put("confirm", "small-world");
    }
}
