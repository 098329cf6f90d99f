package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.deployment.Deployment;
import dev.rekey.cli.deployment.LocalStacks.LocalStack;
import dev.rekey.cli.deployment.StackLocation;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.exit.ExitCode;
import dev.rekey.cli.text.Interruption;
import dev.rekey.engine.run.Control;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.State;
import dev.rekey.engine.store.Documents;
import dev.rekey.engine.store.Tables;
import dev.rekey.examples.load.Loader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that is printed for a run on this machine finds the run's stack. */
class NextStepPlaceTest {
    private static final RunId RUN = new RunId("20260102T030405678Z-0123abcd");

    private final FakeStack stack = new FakeStack();
    private final CompletableFuture<CommandFailure> broken = new CompletableFuture<>();
    private final Shell shell;

    NextStepPlaceTest(@TempDir Path directory) {
        stack.willEnd(new State.Stopped("ABORTED", "LocalStack.Ended: it ended."));
        shell = new Shell(
                directory,
                console -> new Environment(
                        new Environment.Terminal(console, new Undisturbed(), _ -> false),
                        new Environment.Folders(directory, Optional.empty()),
                        new ManualTime(),
                        new Random(1),
                        stack,
                        settings -> new Started(stack.open(new StackLocation.Local(settings.data())), broken)));
    }

    @Test
    void statusLeadsToTheSameStack() {
        abandoned();
        assertThat(shell.run("status", "--local", "--data", "there")).isZero();
        assertThat(shell.out()).contains(resume(" --local --data there"), rollback(" --local --data there"));
    }

    @Test
    void statusOfARunOnAwsNamesNoPlaceOnThisMachine() {
        abandoned();
        assertThat(shell.run("status")).isZero();
        assertThat(shell.out()).contains(resume("")).doesNotContain("--local");
    }

    @Test
    void statusOfARunOnAwsLeadsToItsStack() {
        abandoned();
        var place = List.of("--stack", "mine", "--region", "eu-west-1", "--profile", "prod");
        assertThat(shell.run(Stream.concat(Stream.of("status"), place.stream()).toArray(String[]::new)))
                .isZero();
        assertThat(shell.out()).contains(resume(" --profile prod --region eu-west-1 --stack mine"));
    }

    @Test
    void upLeadsToItsStackThoughLocalIsNotGiven() {
        abandoned();
        assertThat(shell.run("up")).isZero();
        assertThat(shell.err()).contains(resume(" --local,"), rollback(" --local"));
        assertThat(shell.run("up", "--data", "there")).isZero();
        assertThat(shell.err()).contains(resume(" --local --data there"), rollback(" --local --data there"));
    }

    @Test
    void upEndsAnUnpreparedRunInItsStack() {
        stack.bucket.put(new RunFolder(RUN).control(), Documents.encode(Control.start(Phase.ANALYZING, "arn:x")));
        assertThat(shell.run("up", "--data", "there")).isZero();
        assertThat(shell.err()).contains("rekey stop --run " + RUN + " --local --data there");
    }

    @Test
    void upEndsWithTheStoreThatEnded() {
        broken.complete(new CommandFailure(ExitCode.INCOMPLETE, "LocalStack.STORE_FAILED", "A store ended."));
        assertThat(shell.run("up")).isEqualTo(6);
        assertThat(shell.err()).endsWith("A store ended.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "unpause"})
    void aRefusalLeadsToTheSameStack(String command) {
        abandoned();
        assertThat(shell.run(command, "--run", RUN.value(), "--local", "--data", "there"))
                .isEqualTo(3);
        assertThat(shell.err()).contains(resume(" --local --data there"), rollback(" --local --data there"));
    }

    private void abandoned() {
        var _ = new RunFiles(stack.bucket, RUN).prepared("migrate", Phase.MIGRATING, "arn:x", 100);
    }

    private static String resume(String place) {
        return "rekey resume --run " + RUN + place;
    }

    private static String rollback(String place) {
        return "rekey rollback --run " + RUN + place;
    }

    private record Started(Deployment deployment, CompletionStage<CommandFailure> broken) implements LocalStack {
        @Override
        public Map<String, String> exports() {
            return Map.of();
        }

        @Override
        public List<String> unreadable() {
            return List.of();
        }

        @Override
        public Tables tables() {
            throw new AssertionError("nobody asks for tables");
        }

        @Override
        public Loader loader() {
            throw new AssertionError("nothing is loaded");
        }

        @Override
        public void close() {}
    }

    private static final class Undisturbed implements Interruption {
        @Override
        public Registration beforeTheEnd(Runnable last) {
            return () -> {};
        }

        @Override
        public <T> Optional<T> await(CompletionStage<T> other) {
            return Optional.ofNullable(other.toCompletableFuture().getNow(null));
        }
    }
}
