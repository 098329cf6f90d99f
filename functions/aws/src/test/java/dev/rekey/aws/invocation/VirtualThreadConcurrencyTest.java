package dev.rekey.aws.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class VirtualThreadConcurrencyTest {
    private final VirtualThreadConcurrency concurrency = new VirtualThreadConcurrency();

    @Test
    void runsAtTheSameTimeAndGivesResultsInOrder() {
        var both = new CountDownLatch(2);
        Supplier<Boolean> meetsTheOther = () -> {
            both.countDown();
            try {
                both.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Thread.currentThread().isVirtual();
        };
        assertThat(concurrency.all(List.of(meetsTheOther, meetsTheOther))).containsExactly(true, true);
        List<Supplier<Integer>> numbers = List.of(() -> 1, () -> 2, () -> 3);
        assertThat(concurrency.all(numbers)).containsExactly(1, 2, 3);
    }

    @Test
    void throwsTheFirstFailureWhenAllHaveEnded() {
        var ended = new AtomicInteger();
        List<Supplier<Integer>> work = List.of(
                ended::incrementAndGet,
                () -> {
                    throw new IllegalStateException("first");
                },
                () -> {
                    throw new IllegalStateException("second");
                },
                ended::incrementAndGet);
        assertThatThrownBy(() -> concurrency.all(work)).hasMessage("first");
        assertThat(ended).hasValue(2);
    }

    @Test
    void throwsErrorsAtTheJoin() {
        var started = concurrency.start(() -> {
            throw new StackOverflowError("injected");
        });
        assertThatThrownBy(started::join).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void joinsThoughInterruptedAndStaysInterrupted() {
        var started = concurrency.start(() -> "done");
        Thread.currentThread().interrupt();
        assertThat(started.join()).isEqualTo("done");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(started.join()).isEqualTo("done");
    }
}
