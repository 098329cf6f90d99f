package dev.rekey.local.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.local.child.StoreNote;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * A store is killed while four threads write to it, and started again on what is left: what was acknowledged is there,
 * what was not is there whole or not at all. Every fourth time the next start is killed as well, the first of these
 * starts once it has said what it repaired, others at any moment.
 *
 * <p>One kill of each kind in the build, sixty with {@code -Pexhaustive}; {@code -Dkills=300} for more, {@code -Dseed=…}
 * for other moments. Threads take turns as they like: a seed does not bring back the same ones.
 */
final class StoreKillTest {
    private static final int KILLS = Integer.getInteger("kills", Boolean.getBoolean("rekey.exhaustive") ? 60 : 1);
    private static final long SEED = Long.getLong("seed", 1);
    private static final int WRITERS = 4;
    private static final int FEWEST_WRITES = 50;
    private static final int MOST_WRITES = 250;
    private static final int LONGEST_START_MILLIS = 2_500;
    private static final int STARTS_UNTIL_ONE_IS_KILLED = 4;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final Claims claims = new Claims();

    @Test
    void objectsOutliveEveryKill() throws Exception {
        var program = StoreProgram.s3Mock(place(), 0, folder.resolve("s3"), "rekey");
        Function<URI, WrittenStore> bucket = address -> new WrittenBucket(address, "rekey");
        for (int kill = 0; kill < KILLS; kill++) {
            live(program, bucket, kill);
        }
        assertThat(readAtLast(program, bucket)).isNotEmpty();
    }

    @Test
    void recordsOutliveEveryKill() throws Exception {
        var data = Files.createDirectories(folder.resolve("dynamodb"));
        var program = StoreProgram.dynamoDbLocal(place(), 0, Optional.of(data));
        Function<URI, WrittenStore> table = address -> new WrittenTable(address, "local");
        Function<URI, WrittenStore> created = address -> {
            var written = new WrittenTable(address, "local");
            written.create();
            return written;
        };
        for (int kill = 0; kill < KILLS; kill++) {
            live(program, kill == 0 ? created : table, kill);
        }
        assertThat(readAtLast(program, table)).isNotEmpty();
    }

    private void live(StoreProgram program, Function<URI, WrittenStore> client, int kill) throws Exception {
        var store = StoreProcess.launch(program, JAVA);
        try (var written = client.apply(address(store));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            check(written, store, "after " + kill + " kills, seed " + SEED);
            written.deleteOnce(claims);
            var writers = begin(threads, written);
            long enough = claims.acknowledgements() + random.nextInt(FEWEST_WRITES, MOST_WRITES);
            await(() -> claims.acknowledgements() >= enough || writers.stream().anyMatch(Future::isDone));
            kill(store);
            for (var writer : writers) {
                writer.get();
            }
        } finally {
            store.close();
        }
        if (kill % STARTS_UNTIL_ONE_IS_KILLED == 0) {
            killDuringStart(program, kill == 0);
        }
    }

    private void killDuringStart(StoreProgram program, boolean onceItHasRepaired) throws Exception {
        var store = StoreProcess.launch(program, JAVA);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = threads.submit(() -> address(store));
            if (onceItHasRepaired) {
                await(() -> !store.notes().isEmpty() || answer.isDone());
            } else {
                LockSupport.parkNanos(
                        Duration.ofMillis(random.nextInt(LONGEST_START_MILLIS)).toNanos());
            }
            kill(store);
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    private List<Future<?>> begin(ExecutorService threads, WrittenStore store) {
        var writers = new ArrayList<Future<?>>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            var choice = new Random(random.nextLong());
            writers.add(threads.submit(() -> writeUntilNobodyAnswers(store, choice, writer)));
        }
        return writers;
    }

    private void writeUntilNobodyAnswers(WrittenStore store, Random choice, int writer) {
        try {
            while (true) {
                store.write(claims, choice, writer);
            }
        } catch (SdkClientException killed) {
            // What was asked for last may have happened or not.
            assertThat(killed).isNotNull();
        }
    }

    private Map<String, Integer> readAtLast(StoreProgram program, Function<URI, WrittenStore> client) throws Exception {
        try (var store = StoreProcess.launch(program, JAVA);
                var written = client.apply(address(store))) {
            return check(written, store, "after all kills, seed " + SEED);
        }
    }

    private Map<String, Integer> check(WrittenStore written, StoreProcess store, String occasion) {
        var found = written.read();
        claims.check(found, occasion);
        claims.settle(found);
        assertThat(store.notes()).extracting(StoreNote::kind).doesNotContain(StoreNote.Kind.UNREADABLE);
        return found;
    }

    private static void kill(StoreProcess store) throws Exception {
        var process = ProcessHandle.of(store.pid());
        process.ifPresent(ProcessHandle::destroyForcibly);
        process.ifPresent(killed -> killed.onExit().join());
    }

    private static URI address(StoreProcess store) throws Exception {
        return URI.create("http://127.0.0.1:" + store.awaitPort(LIMIT));
    }

    private Workplace place() {
        return new Workplace(Path.of(System.getProperty("rekey.stores")), folder, folder);
    }
}
