package dev.rekey.local.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.store.Objects;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.Objects.PutOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What S3 promises and checkpoints and locks are built on, of the S3 of the local stack. */
final class S3ConsistencyTest {
    private static final int AT_ONCE = 6;

    private final Objects objects = SharedS3.objects();

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
