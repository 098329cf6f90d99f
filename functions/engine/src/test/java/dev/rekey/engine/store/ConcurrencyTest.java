package dev.rekey.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is under way when something fails is waited for: a request must not outlive who began it. */
final class ConcurrencyTest {
    private final List<String> joined = new ArrayList<>();

    /** Work that begins at once and whose end is seen when it is joined. */
    private final class Begun implements Concurrency {
        private int left;

        Begun(int canStart) {
            left = canStart;
        }

        @Override
        public <T> Started<T> start(Supplier<T> work) {
            if (left-- == 0) {
                throw new OutOfMemoryError("no thread");
            }
            return () -> {
                try {
                    return work.get();
                } finally {
                    joined.add("joined");
                }
            };
        }
    }

    private static Supplier<String> throwing(Throwable failure) {
        return () -> {
            switch (failure) {
                case Error error -> throw error;
                case RuntimeException exception -> throw exception;
                default -> throw new IllegalArgumentException(failure);
            }
        };
    }

    @Test
    void allIsJoinedAlsoAfterAnError() {
        var work = List.of(throwing(new OutOfMemoryError("heap")), () -> "done", throwing(new StackOverflowError()));
        assertThatThrownBy(() -> new Begun(3).all(work))
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessage("heap");
        assertThat(joined).hasSize(3);
    }

    @Test
    void anErrorCountsMoreThanAnExceptionBeforeIt() {
        var work = List.of(throwing(new IllegalStateException("first")), throwing(new OutOfMemoryError("heap")));
        assertThatThrownBy(() -> new Begun(2).all(work)).hasMessage("heap");
        assertThatThrownBy(() -> new Begun(2).all(List.of(throwing(new IllegalStateException("first")))))
                .hasMessage("first");
    }

    @Test
    void whatWasStartedIsJoinedIfNoMoreCanBe() {
        List<Supplier<String>> work = List.of(() -> "1", () -> "2", () -> "3");
        assertThatThrownBy(() -> new Begun(2).all(work)).hasMessage("no thread");
        assertThat(joined).hasSize(2);
    }
}
