package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Pausing;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.State;
import dev.rekey.engine.run.TaskTokens.TaskToken;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rekey pause} and {@code rekey unpause}. */
class PauseCommandsTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-140c1f12");

    private final Shell shell;
    private final Documents documents;

    PauseCommandsTest(@TempDir Path directory) {
        shell = new Shell(directory);
        documents = new Documents(shell.stack.bucket, new Backoff(shell.time, new Random(1), Instant.MAX));
    }

    private void prepare(String action, Phase phase) {
        new RunFiles(shell.stack.bucket, RUN).prepared(action, phase, "arn:x", 100);
    }

    private boolean isPaused() {
        return control().paused().isPresent();
    }

    private Control control() {
        return documents.get(new RunFolder(RUN).control(), Control.class).value();
    }

    @Test
    void aRunIsPausedShownAsPausedAndGoesOn() {
        prepare("migrate", Phase.MIGRATING);

        assertThat(shell.run("pause", "--run", RUN.value())).isZero();
        assertThat(isPaused()).isTrue();
        assertThat(shell.out())
                .contains("Run " + RUN + " has been paused since ")
                .contains("Continue with: rekey unpause --run " + RUN);
        shell.run("status", "--run", RUN.value());
        assertThat(shell.out()).contains("paused     since ", " by assumed-role/Operators/jane from command line");
        shell.run("status", "--run", RUN.value(), "--json");
        assertThat(Instant.parse(shell.json().at("/paused").asText())).isNotNull();

        var token = new TaskToken("t");
        shell.stack.waiting.add(token);
        new Pausing(documents, new RunFolder(RUN), shell.time).await(token, 1, shell.stack.taskTokens());
        assertThat(shell.stack.waiting).containsExactly(token);

        assertThat(shell.run("unpause", "--run", RUN.value())).isZero();
        assertThat(isPaused()).isFalse();
        assertThat(shell.stack.waiting).isEmpty();
        assertThat(shell.out()).contains("Run " + RUN + " is no longer paused; 1 waiting worker continues.");
        shell.run("ledger", "--run", RUN.value(), "--verify");
        assertThat(shell.out())
                .contains("paused at ")
                .contains("unpaused, after")
                .contains("assumed-role/Operators/jane from command line")
                .contains("chain of 2 entries is intact");

        assertThat(shell.run("unpause", "--run", RUN.value(), "--json")).isZero();
        assertThat(shell.json().at("/woken").asInt(-1)).isZero();
        shell.run("status", "--run", RUN.value());
        assertThat(shell.out()).doesNotContain("paused");
    }

    @Test
    void pausingTwiceIsOnePause() {
        prepare("migrate", Phase.ROLLING_BACK);
        shell.run("pause", "--run", RUN.value(), "--json");
        var since = shell.json().at("/paused").asText();
        shell.run("pause", "--run", RUN.value(), "--json");
        assertThat(shell.json().at("/paused").asText()).isEqualTo(since);
        shell.run("ledger", "--run", RUN.value(), "--json");
        assertThat(shell.json().at("/entries")).hasSize(1);
    }

    @Test
    void aRunThatHasEndedCannotBePaused() {
        prepare("migrate", Phase.ROLLED_BACK);
        assertThat(shell.run("pause", "--run", RUN.value())).isEqualTo(3);
        assertThat(shell.err())
                .contains("Cannot pause run " + RUN + ": it has ended and is rolledBack. Nothing was changed.");
        assertThat(isPaused()).isFalse();
    }

    @Test
    void aRunThatHasEndedIsNeitherUnpausedNorLimited() {
        prepare("migrate", Phase.MIGRATED);
        var before = control();

        assertThat(shell.run("unpause", "--run", RUN.value())).isEqualTo(3);
        assertThat(shell.err())
                .contains("Cannot unpause run " + RUN + ": it has ended and is migrated. Nothing was changed.");
        assertThat(shell.run("limit", "--run", RUN.value(), "--write", "5")).isEqualTo(3);
        assertThat(shell.err())
                .contains("Cannot limit run " + RUN + ": it has ended and is migrated. Nothing was changed.");

        assertThat(control()).isEqualTo(before);
    }

    @Test
    void aRunThatNobodyWorksOnCannotBePaused() {
        prepare("migrate", Phase.MIGRATING);
        shell.stack.willEnd(new State.Stopped("ABORTED", ""));
        assertThat(shell.run("pause", "--run", RUN.value())).isEqualTo(3);
        assertThat(shell.err()).contains("it is unfinished, and its execution has ended");
        assertThat(isPaused()).isFalse();
    }

    @Test
    void aPauseThatOutlivedItsExecutionIsEndedByResume() {
        prepare("migrate", Phase.MIGRATING);
        assertThat(shell.run("pause", "--run", RUN.value())).isZero();
        shell.stack.willEnd(new State.Stopped("ABORTED", "LocalStack.Ended"));
        assertThat(shell.run("unpause", "--run", RUN.value())).isEqualTo(3);
        assertThat(shell.err()).contains("its execution has ended").contains("rekey resume --run " + RUN);
        assertThat(isPaused()).isTrue();
        shell.run("status", "--run", RUN.value());
        assertThat(shell.out()).contains("paused     since ").doesNotContain("rekey unpause");
    }

    @Test
    void aTestCannotBePaused() {
        prepare("test", Phase.TESTING);
        assertThat(shell.run("pause", "--run", RUN.value())).isEqualTo(3);
        assertThat(shell.err()).contains("it is a test, which runs in one invocation");
        assertThat(isPaused()).isFalse();
    }
}
