package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.text.Interruption;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.store.Documents;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while a command with a stack of its own follows a migration. */
class CtrlCTest {
    /** What the first execution of a shell becomes. */
    private static final RunId RUN = new RunId("20260102T030405678Z-d06ba380");

    private final FakeStack stack = new FakeStack();
    private final Shell shell;

    CtrlCTest(@TempDir Path directory) {
        shell = new Shell(
                directory,
                console -> new Environment(
                        new Environment.Terminal(console, new PressedAtOnce(), _ -> false),
                        new Environment.Folders(directory, Optional.empty()),
                        new ManualTime(),
                        new Random(1),
                        stack,
                        settings -> {
                            throw new AssertionError("no local stack is to be started: " + settings);
                        }));
        shell.file("plan.yaml", """
            plan: promote
            source: { tables: "{table}-staging" }
            target: { tables: "{table}-production" }
            identity: { rule: derive, namespace: production }
            tables: { Contacts: {} }
            """);
    }

    @Test
    void duringThePreparationOffersNeitherResumeNorRollback() {
        stack.bucket.put(new RunFolder(RUN).control(), Documents.encode(Control.start(Phase.ANALYZING, "arn:x")));
        migrate();
        assertThat(shell.err())
                .contains("It stopped while it was prepared", "Start a new run", "rekey stop --run " + RUN + " --local")
                .doesNotContain("rekey resume", "rekey rollback");
    }

    @Test
    void beforeThereIsARunLeavesNothingToEnd() {
        migrate();
        assertThat(shell.err())
                .contains("It has written to no table and holds no lock: start a new run.")
                .doesNotContain("rekey resume", "rekey rollback", "rekey stop");
    }

    @Test
    void duringTheMigrationOffersResumeAndRollback() {
        var _ = new RunFiles(stack.bucket, RUN).prepared("migrate", Phase.MIGRATING, "arn:x", 100);
        migrate();
        assertThat(shell.err())
                .contains("Continue with: rekey resume --run " + RUN + " --local", "rekey rollback --run " + RUN);
    }

    private void migrate() {
        shell.run("migrate", "plan.yaml", "--local", "--yes");
        assertThat(stack.isEnded()).isTrue();
        assertThat(shell.err()).contains("The migrate of run " + RUN + " has stopped");
    }

    /** As soon as there is something to follow; what the process does afterwards concerns nobody. */
    private static final class PressedAtOnce implements Interruption {
        @Override
        public Registration beforeTheEnd(Runnable last) {
            last.run();
            throw new IllegalStateException("the process has ended");
        }

        @Override
        public <T> Optional<T> await(CompletionStage<T> other) {
            return Optional.empty();
        }
    }
}
