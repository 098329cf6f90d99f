package dev.rekey.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Duration> pauses = new ArrayList<>();
    private final Time time = new Time() {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            pauses.add(duration);
            now = now.plus(duration);
        }
    };

    @Test
    void anAttemptIsMadeAgainUntilItAnswers() {
        var attempts = new AtomicInteger();

        int answer = backoff(Duration.ofHours(1))
                .until(() -> Optional.of(attempts.incrementAndGet()).filter(count -> count == 4), BackoffTest::gaveUp);

        assertThat(answer).isEqualTo(4);
        assertThat(pauses).hasSize(3);
    }

    @Test
    void noAttemptIsMadeOnceThereIsNoTime() {
        var attempts = new AtomicInteger();

        assertThatThrownBy(() -> backoff(Duration.ofSeconds(1))
                        .until(
                                () -> {
                                    attempts.incrementAndGet();
                                    return Optional.empty();
                                },
                                BackoffTest::gaveUp))
                .hasMessage("gave up");
        assertThat(attempts).hasValueGreaterThan(1);
        assertThat(time.instant()).isBeforeOrEqualTo(START.plusSeconds(1));
    }

    @Test
    void aRequestIsGivenWhatTheLastOneLeft() {
        var asked = new ArrayList<List<Integer>>();

        backoff(Duration.ofHours(1))
                .untilNoneLeft(
                        List.of(1, 2, 3),
                        left -> {
                            asked.add(left);
                            return left.subList(1, left.size());
                        },
                        BackoffTest::gaveUp);

        assertThat(asked).containsExactly(List.of(1, 2, 3), List.of(2, 3), List.of(3));
    }

    @Test
    void nothingIsAskedForWithoutWork() {
        backoff(Duration.ZERO)
                .untilNoneLeft(
                        List.of(),
                        _ -> {
                            throw gaveUp();
                        },
                        BackoffTest::gaveUp);

        assertThat(pauses).isEmpty();
    }

    @Test
    void whatGetsOnIsNotMadeToWaitLonger() {
        backoff(Duration.ofHours(1))
                .untilNoneLeft(
                        IntStream.range(0, 1000).boxed().toList(),
                        left -> left.subList(1, left.size()),
                        BackoffTest::gaveUp);

        assertThat(pauses).hasSize(999).allMatch(pause -> pause.toMillis() <= 25);
    }

    @Test
    void whatLeavesEverythingGivesUpInTime() {
        assertThatThrownBy(() ->
                        backoff(Duration.ofSeconds(1)).untilNoneLeft(List.of(1), left -> left, BackoffTest::gaveUp))
                .hasMessage("gave up");
        assertThat(pauses).isNotEmpty();
    }

    @Test
    void aLostConditionIsTriedAgainAtOnce() {
        var attempts = new AtomicInteger();

        int answer =
                Backoff.untilWon(() -> Optional.of(attempts.incrementAndGet()).filter(count -> count == 3));

        assertThat(answer).isEqualTo(3);
        assertThat(pauses).isEmpty();
    }

    private Backoff backoff(Duration longest) {
        return new Backoff(time, new Random(1), START.plus(longest));
    }

    private static StoreException gaveUp() {
        return new StoreException(StoreException.Kind.THROTTLED, "gave up");
    }
}
