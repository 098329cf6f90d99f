package dev.rekey.local.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.aws.AwsClients;
import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.Objects.PutOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What S3 promises and checkpoints and locks are built on, of the S3 of the local stack. */
final class S3ConsistencyTest {
    private static final int AT_ONCE = 6;

    @TempDir
    static Path folder;

    private static StoreProcess store;
    private static AwsClients clients;
    private static Objects objects;

    @BeforeAll
    static void start() throws Exception {
        var place = new Workplace(Path.of(System.getProperty("rekey.stores")), folder, folder);
        store = StoreProcess.launch(
                StoreProgram.s3Mock(place, 0, folder.resolve("s3"), "rekey"), Path.of(System.getProperty("java.home")));
        int port = store.awaitPort(Duration.ofSeconds(60));
        clients = new AwsClients(Map.of(
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + port));
        objects = clients.objects("rekey", new SystemTime(), new Random(1));
    }

    @AfterAll
    static void stop() {
        clients.close();
        store.close();
    }

    @Test
    void aReaderSeesAWholeObject() throws Exception {
        var key = new ObjectKey("runs/a/checkpoint.json");
        objects.put(key, content(0));
        List<Callable<Integer>> work = new ArrayList<>();
        work.add(() -> {
            for (int i = 1; i < 200; i++) {
                objects.put(key, content(i));
            }
            return 0;
        });
        for (int reader = 1; reader < AT_ONCE; reader++) {
            work.add(() -> {
                int torn = 0;
                for (int i = 0; i < 200; i++) {
                    torn += isWhole(objects.get(key).orElseThrow().content()) ? 0 : 1;
                }
                return torn;
            });
        }
        assertThat(atOnce(work)).containsOnly(0);
    }

    @Test
    void oneOfSeveralCreatorsWins() throws Exception {
        for (int round = 0; round < 30; round++) {
            var key = new ObjectKey("locks/" + round + ".json");
            assertThat(wins(creator -> objects.create(key, content(creator)))).isOne();
            var version = objects.get(key).orElseThrow().version();
            assertThat(wins(writer -> objects.replace(key, content(AT_ONCE + writer), version)))
                    .isOne();
        }
    }

    /** Each with a content of its own: after a lost answer, what is there with our very bytes counts as ours. */
    private static long wins(IntFunction<PutOutcome> put) throws Exception {
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            int writer = i;
            work.add(() -> put.apply(writer) instanceof PutOutcome.Done ? 1 : 0);
        }
        return atOnce(work).stream().mapToInt(won -> won).sum();
    }

    private static List<Integer> atOnce(List<Callable<Integer>> work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Integer>();
            for (var done : threads.invokeAll(work)) {
                results.add(done.get());
            }
            return results;
        }
    }

    /** Of another length for every {@code number}, and of one letter. */
    private static byte[] content(int number) {
        var content = new byte[1 + number * 37 % 20_000];
        Arrays.fill(content, (byte) ('a' + content.length % 26));
        return content;
    }

    private static boolean isWhole(byte[] content) {
        for (byte letter : content) {
            if (letter != 'a' + content.length % 26) {
                return false;
            }
        }
        return content.length > 0;
    }
}
