package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.deployment.Lifetime;
import dev.rekey.engine.run.Action;
import dev.rekey.engine.run.RunId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FarewellTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-0123abcd");

    private static String words(Action action, Lifetime lifetime) {
        return words(action, lifetime, Reached.PREPARED);
    }

    private static String words(Action action, Lifetime lifetime, Reached reached) {
        return new Farewell(action, RUN, " --local --data there").words(lifetime, reached);
    }

    @ParameterizedTest
    @EnumSource(names = {"ANALYZE", "VALIDATE", "TEST", "MIGRATE", "RESUME", "ROLLBACK", "STOP"})
    void aRunStopsWithItsOwnStackAndCanBeResumed(Action action) {
        assertThat(words(action, Lifetime.COMMAND))
                .startsWith("The " + action.word() + " of run " + RUN
                        + " has stopped, because its stack ended with this command.")
                .endsWith("Continue with: rekey resume --run " + RUN
                        + " --local --data there, or roll it back with: rekey" + " rollback --run " + RUN
                        + " --local --data there");
    }

    @Test
    void aVerificationIsBegunAnew() {
        assertThat(words(Action.VERIFY, Lifetime.COMMAND))
                .endsWith("Verify again with: rekey verify --run " + RUN + " --local --data there");
    }

    @Test
    void aRunThatWasBeingPreparedIsEndedAndStartedAnew() {
        assertThat(words(Action.MIGRATE, Lifetime.COMMAND, Reached.PREPARING))
                .isEqualTo("The migrate of run " + RUN
                        + " has stopped, because its stack ended with this command. It stopped while it was prepared. It has written to no table and holds no lock. Start a new run, and end this one with: rekey stop --run "
                        + RUN + " --local --data there");
    }

    @Test
    void whatNeverBecameARunIsStartedAnew() {
        assertThat(words(Action.MIGRATE, Lifetime.COMMAND, Reached.NOTHING))
                .endsWith("It has written to no table and holds no lock: start a new run.");
    }

    @Test
    void whereTheBucketDoesNotAnswerStatusSaysMore() {
        assertThat(words(Action.MIGRATE, Lifetime.COMMAND, Reached.UNKNOWN))
                .endsWith("could not be read. Start the stack: rekey up --data there. Then run: rekey status --run "
                        + RUN + " --local --data there");
    }

    @Test
    void elsewhereTheExecutionGoesOn() {
        assertThat(words(Action.MIGRATE, Lifetime.LOCAL_STACK))
                .startsWith("The execution continues while the local stack is running.")
                .endsWith("rekey status --run " + RUN + " --local --data there --watch");
        assertThat(words(Action.MIGRATE, Lifetime.CLOUD)).startsWith("The execution continues. Follow it again with:");
    }
}
