package dev.rekey.cli.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rekey.cli.command.ManualTime;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.engine.run.ExecutionArn;
import dev.rekey.engine.run.ExecutionName;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.State;
import dev.rekey.engine.run.Workflow;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.StoreException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FollowerTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-0123abcd");
    private static final ExecutionArn EXECUTION = new ExecutionArn("arn");

    private final ManualTime time = new ManualTime();
    private final Deque<Supplier<State>> states = new ArrayDeque<>();
    private Lifetime lifetime = Lifetime.CLOUD;
    private boolean gone;
    private int looks;
    private final List<Instant> silences = new ArrayList<>();

    @Test
    void looksMoreAndMoreRarely() {
        for (int i = 0; i < 60; i++) {
            states.add(State.Running::new);
        }
        states.add(() -> new State.Succeeded("{}"));

        assertThat(follow()).isEqualTo(new State.Succeeded("{}"));
        assertThat(looks).isEqualTo(60);
        assertThat(time.waits().getFirst()).isEqualTo(Duration.ofMillis(100));
        assertThat(time.waits()).isSorted();
        assertThat(time.waits().getLast()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void enduresFailuresThatMayPass() {
        for (int i = 0; i < 50; i++) {
            states.add(failing(Kind.UNAVAILABLE));
        }
        states.add(() -> new State.Failed("Rekey.RolledBack", "why"));

        assertThat(follow()).isEqualTo(new State.Failed("Rekey.RolledBack", "why"));
    }

    @Test
    void saysHowToGoOnWhenTheServiceIsGone() {
        for (int i = 0; i < 1_000; i++) {
            states.add(failing(Kind.UNAVAILABLE));
        }

        assertThatExceptionOfType(CommandFailure.class).isThrownBy(this::follow).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(ExitCode.INCOMPLETE);
            assertThat(failure)
                    .hasMessageContaining("It is not known whether the execution continues.")
                    .hasMessageContaining("rekey status --run " + RUN);
        });
    }

    @Test
    void aLocalStackThatRunsButDoesNotAnswerIsGivenUpAfterHalfAMinute() {
        lifetime = Lifetime.LOCAL_STACK;
        var begun = time.instant();
        for (int i = 0; i < 100; i++) {
            states.add(failing(Kind.UNAVAILABLE));
        }

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(this::follow)
                .withMessageContaining("rekey status --run " + RUN + ".")
                .withMessageContaining("Start the stack: rekey up. Then run: rekey resume --run " + RUN + ".");
        assertThat(time.instant()).isBetween(begun.plusSeconds(30), begun.plusSeconds(32));
        assertThat(silences).isNotEmpty().containsOnly(begun);
    }

    /** A busy machine does not end a run. */
    @Test
    void theCommandsOwnStackIsWaitedForAsLongAsTheCloud() {
        lifetime = Lifetime.COMMAND;
        gone = true;
        var begun = time.instant();
        for (int i = 0; i < 1_000; i++) {
            states.add(failing(Kind.UNAVAILABLE));
        }

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(this::follow)
                .withMessageContaining("The run stops, because its stack ends with this command.")
                .withMessageEndingWith("Start the stack: rekey up. Then run: rekey status --run " + RUN + ".");
        assertThat(time.instant()).isBetween(begun.plusSeconds(90), begun.plusSeconds(92));
    }

    @Test
    void aLocalStackThatHasEndedIsNotWaitedFor() {
        lifetime = Lifetime.LOCAL_STACK;
        gone = true;
        states.add(failing(Kind.UNAVAILABLE));

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(this::follow)
                .withMessageStartingWith("Cannot follow run " + RUN
                        + " any further: the local stack has ended, and with it the execution.");
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void doesNotWaitForAPermission() {
        states.add(failing(Kind.DENIED));

        assertThatExceptionOfType(CommandFailure.class).isThrownBy(this::follow);
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void waitsForAnExecutionThatTheServiceDoesNotKnowYet() {
        states.add(failing(Kind.MISSING));
        states.add(failing(Kind.MISSING));
        states.add(() -> new State.Succeeded("{}"));

        assertThat(follow()).isEqualTo(new State.Succeeded("{}"));
    }

    @Test
    void doesNotWaitForEverForAnExecutionThatIsNotThere() {
        for (int i = 0; i < 1_000; i++) {
            states.add(failing(Kind.MISSING));
        }

        assertThatExceptionOfType(CommandFailure.class).isThrownBy(this::follow);
        assertThat(time.waits().stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(Duration.ofSeconds(25));
    }

    @Test
    void waitsForWhatBelongsToTheEnd() {
        states.add(() -> new State.Failed("", ""));
        states.add(State.Running::new);
        states.add(() -> new State.Failed("Rekey.RolledBack", "why"));

        assertThat(follow()).isEqualTo(new State.Failed("Rekey.RolledBack", "why"));
    }

    @Test
    void anEndOfWhichNothingMoreIsToldIsAnEnd() {
        for (int i = 0; i < 1_000; i++) {
            states.add(() -> new State.Succeeded(""));
        }

        assertThat(follow()).isEqualTo(new State.Succeeded(""));
    }

    private State.Ended follow() {
        return new Follower(new Scripted(), time, lifetime, () -> gone).follow(EXECUTION, RUN, new Counting());
    }

    private final class Counting implements Follower.Watcher {
        @Override
        public void look() {
            looks++;
        }

        @Override
        public void silent(Instant since) {
            silences.add(since);
        }
    }

    private static Supplier<State> failing(Kind kind) {
        return () -> {
            throw new StoreException(kind, "Cannot look: no answer.");
        };
    }

    private final class Scripted implements Workflow {
        private final List<String> started = new ArrayList<>();

        @Override
        public Started start(ExecutionName name, String input) {
            started.add(input);
            return new Started(EXECUTION, time.instant());
        }

        @Override
        public Seen describe(ExecutionArn execution) {
            return new Seen(
                    new ExecutionName("x"), time.instant(), states.remove().get());
        }
    }
}
