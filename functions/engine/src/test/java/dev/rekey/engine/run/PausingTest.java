package dev.rekey.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.engine.run.TaskTokens.TaskToken;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.InMemoryObjects;
import dev.rekey.engine.store.Interceptor;
import dev.rekey.engine.store.Objects.ObjectKey;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every interleaving of pausing, unpausing and a task that begins to wait: nobody is left hanging. */
final class PausingTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-140c1f12");
    private static final RunFolder FOLDER = new RunFolder(RUN);
    private static final TaskToken TOKEN = new TaskToken("the token");

    private final InMemoryObjects objects = new InMemoryObjects();
    private final SteppingTime time = new SteppingTime();
    private final Documents documents = new Documents(objects, new Backoff(time, new Random(1), Instant.MAX));
    private final Pausing pausing = new Pausing(documents, FOLDER, time);
    private final Set<TaskToken> waiting = new HashSet<>();
    private final TaskTokens tokens = waiting::remove;

    private static final class SteppingTime implements Time {
        private Instant now = Instant.parse("2026-01-02T03:04:05Z");

        @Override
        public Instant instant() {
            now = now.plusSeconds(1);
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            now = now.plus(duration);
        }
    }

    @BeforeEach
    void run() {
        reset();
    }

    private void reset() {
        objects.intercept(Interceptor.none());
        objects.contents().keySet().forEach(key -> documents.delete(new ObjectKey(key)));
        documents.put(FOLDER.control(), Control.start(Phase.MIGRATING, "arn:x"));
        waiting.clear();
    }

    private Control control() {
        return documents.get(FOLDER.control(), Control.class).value();
    }

    private List<String> stored() {
        return objects.contents().keySet().stream()
                .filter(key -> key.contains("/pause/"))
                .toList();
    }

    /** As Step Functions does: the task waits from the moment at which its function is invoked. */
    private void begin(TaskToken token) {
        waiting.add(token);
        pausing.await(token, 1, tokens);
    }

    @Test
    void aTaskWaitsUntilTheRunIsUnpaused() {
        pausing.pause();
        begin(TOKEN);
        assertThat(waiting).containsExactly(TOKEN);
        assertThat(stored()).hasSize(1);

        assertThat(pausing.unpause(tokens)).isEqualTo(1);
        assertThat(waiting).isEmpty();
        assertThat(stored()).isEmpty();
        assertThat(pausing.unpause(tokens)).isZero();
    }

    @Test
    void aTaskThatComesTooLateDoesNotWait() {
        begin(TOKEN);
        assertThat(waiting).isEmpty();
        assertThat(stored()).isEmpty();
    }

    @Test
    void aTaskOfAnotherEpochDoesNotWait() {
        pausing.pause();
        waiting.add(TOKEN);
        pausing.await(TOKEN, 2, tokens);
        assertThat(waiting).isEmpty();
    }

    /** Whoever unpauses comes between any two requests of the task that begins to wait. */
    @Test
    void anUnpauseBetweenAnyTwoRequestsOfATaskThatBeginsToWait() {
        int requests = interleaved(() -> begin(TOKEN), () -> pausing.unpause(tokens), () -> {
            assertThat(waiting).isEmpty();
            assertThat(stored()).isEmpty();
        });
        assertThat(requests).isGreaterThanOrEqualTo(2);
    }

    /** A task begins to wait between any two requests of whoever unpauses. */
    @Test
    void aTaskThatBeginsToWaitBetweenAnyTwoRequestsOfAnUnpause() {
        int requests = interleaved(() -> pausing.unpause(tokens), () -> begin(TOKEN), () -> {
            assertThat(waiting).isEmpty();
            assertThat(stored()).isEmpty();
        });
        assertThat(requests).isGreaterThanOrEqualTo(6);
    }

    /** Paused again meanwhile: who waits then is woken by the next unpause. */
    @Test
    void aPauseBetweenAnyTwoRequestsOfAnUnpauseIsAPauseThatCanBeEnded() {
        interleaved(
                () -> pausing.unpause(tokens),
                () -> {
                    pausing.pause();
                    begin(TOKEN);
                },
                () -> {
                    if (!waiting.isEmpty()) {
                        assertThat(stored()).hasSize(1);
                    }
                    pausing.unpause(tokens);
                    assertThat(waiting).isEmpty();
                    assertThat(control().paused()).isEmpty();
                });
    }

    @Test
    void twoUnpausesAtOnceWakeEverybodyOnce() {
        interleaved(
                () -> {
                    begin(TOKEN);
                    pausing.unpause(tokens);
                },
                () -> pausing.unpause(tokens),
                () -> assertThat(waiting).isEmpty());
    }

    @Test
    void aTakeoverBetweenAnyTwoRequestsOfATaskThatBeginsToWait() {
        Runnable takeOver = () -> {
            var control = control();
            documents.put(
                    FOLDER.control(),
                    control.takenOver(Phase.ROLLING_BACK, "arn:y", Optional.empty())
                            .unpaused());
            pausing.wake(tokens);
        };
        interleaved(() -> begin(TOKEN), takeOver, () -> assertThat(waiting).isEmpty());
    }

    /** A phase change and a pause at the same time: neither is lost. */
    @Test
    void aPauseLosesNoPhaseAndAPhaseChangeLosesNoPause() {
        Runnable begins = () ->
                new ControlObject(documents, FOLDER).change(control -> Optional.of(control.in(Phase.ROLLING_BACK)));
        interleavedFrom(() -> {}, pausing::pause, begins, () -> {
            assertThat(control().phase()).isEqualTo(Phase.ROLLING_BACK);
            assertThat(control().paused()).isPresent();
        });
        interleavedFrom(() -> {}, begins, pausing::pause, () -> {
            assertThat(control().phase()).isEqualTo(Phase.ROLLING_BACK);
            assertThat(control().paused()).isPresent();
        });
    }

    @Test
    void aRunThatEndsIsNotPaused() {
        interleavedFrom(
                () -> {},
                pausing::pause,
                () -> new ControlObject(documents, FOLDER).change(control -> Optional.of(control.in(Phase.MIGRATED))),
                () -> assertThat(control().paused()).isEmpty());
        documents.put(FOLDER.control(), Control.start(Phase.MIGRATED, "arn:x"));
        assertThat(pausing.pause()).isEqualTo(new Pausing.PauseOutcome.Ended(Phase.MIGRATED));
    }

    /** The function or the command dies after any of its requests; whatever hangs is woken by another unpause. */
    @Test
    void whatDiesInTheMiddleIsPutRightByAnotherUnpause() {
        for (int at = 0; at < 12; at++) {
            reset();
            pausing.pause();
            begin(TOKEN);
            var second = new TaskToken("another");
            waiting.add(second);
            dyingAfter(at);
            try {
                pausing.await(second, 1, tokens);
                pausing.unpause(tokens);
            } catch (IllegalStateException expected) {
                // It died.
            }
            objects.intercept(Interceptor.none());
            // Step Functions tries the function again with a token of its own; the first is not waited for any more.
            waiting.remove(second);
            begin(new TaskToken("retry"));
            pausing.unpause(tokens);
            assertThat(waiting).as("died after request %d", at).isEmpty();
            assertThat(control().paused()).isEmpty();
            assertThat(stored()).isEmpty();
        }
    }

    @Test
    void aTokenThatCouldNotBeGivenBackIsKept() {
        pausing.pause();
        begin(TOKEN);
        assertThatThrownBy(() -> pausing.unpause(token -> {
                    throw new StoreException(StoreException.Kind.UNAVAILABLE, "no answer");
                }))
                .isInstanceOf(StoreException.class);
        assertThat(stored()).hasSize(1);
        assertThat(pausing.unpause(tokens)).isEqualTo(1);
    }

    private int interleaved(Runnable one, Runnable other, Runnable check) {
        return interleavedFrom(pausing::pause, one, other, check);
    }

    /** Does {@code other} before each request of {@code one} in turn, and after all of them; gives their number. */
    private int interleavedFrom(Runnable beginning, Runnable one, Runnable other, Runnable check) {
        for (int at = 0; ; at++) {
            reset();
            beginning.run();
            var interloper = new Interloper(at, other);
            objects.intercept(interloper);
            one.run();
            objects.intercept(Interceptor.none());
            boolean cameIn = interloper.left < 0;
            if (!cameIn) {
                other.run();
            }
            check.run();
            if (!cameIn) {
                return at;
            }
        }
    }

    private final class Interloper implements Interceptor {
        private final Runnable happening;
        private int left;

        Interloper(int number, Runnable happening) {
            this.left = number;
            this.happening = happening;
        }

        @Override
        public void before(Call call) {
            if (left-- == 0) {
                objects.intercept(Interceptor.none());
                happening.run();
            }
        }

        @Override
        public void after(Call call) {}
    }

    private void dyingAfter(int request) {
        objects.intercept(new Interceptor() {
            private int seen;

            @Override
            public void before(Call call) {}

            @Override
            public void after(Call call) {
                if (seen++ == request) {
                    throw new IllegalStateException("the process dies here");
                }
            }
        });
    }
}
