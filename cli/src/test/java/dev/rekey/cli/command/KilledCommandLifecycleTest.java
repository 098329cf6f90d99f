package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.cli.deployment.LocalStacks.LocalStack;
import dev.rekey.cli.deployment.LocalStacks.Ports;
import dev.rekey.cli.deployment.LocalStacks.Settings;
import dev.rekey.cli.deployment.wiring.LocalFiles;
import dev.rekey.cli.deployment.wiring.Stacks;
import dev.rekey.cli.text.Interruption;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.engine.store.Tables;
import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Commands that have a stack of their own are killed, and other commands find what they left on the disk. */
class KilledCommandLifecycleTest {
    private static final Path HOME = Path.of(System.getProperty("rekey.root")).toAbsolutePath();
    private static final int RECORDS = 40;

    /** So that a kill finds it at work. */
    private static final String SLOW = "limits: { writeUnitsPerSecond: 4 }";

    @TempDir
    static Path directory;

    private final Shell shell = shell();

    @BeforeAll
    static void load() {
        var table = ExampleTable.of("Contacts", new ExampleTable.Attribute("id", ScalarAttributeType.S));
        try (var stack = stack()) {
            for (var world : List.of("killed", "prepared", "interrupted")) {
                stack.loader().create(List.of(table), name -> name + "-" + world + "-a");
                stack.loader().create(List.of(table), name -> name + "-" + world + "-b");
                var records = IntStream.range(0, RECORDS)
                        .mapToObj(i -> new ExampleRecord("Contacts", Map.of("id", AttributeValue.fromS("c" + i))));
                stack.loader().load(records, name -> name + "-" + world + "-a");
            }
        }
    }

    @Test
    void whatAKilledOrInterruptedCommandLeftIsWorkedOnAtOnce() throws Exception {
        plan("killed", SLOW);
        String run;
        try (var child = child("migrate", "plan.yaml", "--local", "--yes")) {
            run = child.run();
            reaches(child, run, "migrating");
            child.kill();
        }
        try (var stack = stack()) {
            nobodyWorksOn(run, "migrating");
            succeeds("stop", run);
            nobodyWorksOn(run, "migrating");
            succeeds("limit", run, "--write", "8");
            succeeds("resume", run);
            assertThat(written(stack, "killed")).isEqualTo(RECORDS);
        }
        try (var child = child("rollback", "--run", run, "--local", "--yes", "--keep-limit")) {
            assertThat(child.run()).isEqualTo(run);
            reaches(child, run, "rollingBack");
            assertThat(child.interrupt())
                    .contains("The rollback of run " + run
                            + " has stopped, because its stack ended with this command. Continue with: rekey resume --run "
                            + run + " --local, or roll it back with: rekey rollback --run " + run + " --local")
                    .doesNotContain("The execution continues");
        }
        try (var stack = stack()) {
            nobodyWorksOn(run, "rollingBack");
            succeeds("limit", run, "--none");
            succeeds("rollback", run, "--yes");
            assertThat(written(stack, "killed")).isZero();
        }
    }

    @Test
    void aRunThatIsKilledWhileItIsPreparedDoesNotGoOnWhenAnotherCommandStartsAStack() throws Exception {
        plan("prepared", "");
        String run;
        try (var child = child("migrate", "plan.yaml", "--local", "--yes")) {
            run = child.run();
            child.kill();
        }
        try (var stack = stack()) {
            assertThat(written(stack, "prepared")).isZero();
            // What there is of it depends on the moment, but it is never unreadable.
            assertThat(shell.run("runs", "--local")).isZero();
            assertThat(shell.run("status", "--run", run, "--local"))
                    .as(shell.err())
                    .isIn(0, 2);
            assertThat(shell.run("stop", "--run", run, "--local"))
                    .as(shell.err())
                    .isIn(0, 2);
            assertThat(shell.run("rollback", "--run", run, "--local", "--yes"))
                    .as(shell.err())
                    .isIn(0, 2, 3);
            assertThat(written(stack, "prepared")).isZero();
            assertThat(shell.run("migrate", "plan.yaml", "--local", "--yes"))
                    .as(shell.err())
                    .isZero();
            assertThat(written(stack, "prepared")).isEqualTo(RECORDS);
        }
    }

    @Test
    void aRunWhoseStackIsInterruptedIsContinuedOnTheNextOne() throws Exception {
        plan("interrupted", SLOW);
        String run;
        try (var up = up()) {
            assertThat(shell.run("migrate", "plan.yaml", "--local", "--yes", "--detach"))
                    .as(shell.err())
                    .isZero();
            run = shell.err().replaceFirst("(?s).*migrate: run (\\S+).*", "$1");
            reaches(up, run, "migrating");
            assertThat(up.interrupt()).doesNotContain("Exception", "\tat ");
        }
        assertThat(shell.run("status", "--run", run, "--local")).isEqualTo(3);
        assertThat(shell.err()).contains("no local stack is running there, and run " + run + " is unfinished");
        try (var up = up()) {
            nobodyWorksOn(run, "migrating");
            succeeds("limit", run, "--none");
            succeeds("resume", run, "--json");
            assertThat(shell.json().at("/outcome").asText()).isEqualTo("migrated");
            assertThat(shell.json().at("/counts/created").asInt()).isEqualTo(RECORDS);
            assertThat(up.interrupt()).doesNotContain("Exception", "\tat ");
        }
    }

    @ParameterizedTest
    @CsvSource({"dynamodb-local, DynamoDB Local", "s3mock, S3Mock"})
    void upEndsWhenAStoreEnds(String folder, String store) throws Exception {
        try (var up = up()) {
            assertThat(up.loses("/" + folder))
                    .containsPattern("Cannot continue: " + store
                            + " ended with code \\d+. Its stored data is kept. Read its log")
                    .doesNotContain("Exception", "\tat ");
            assertThat(up.exitCode()).isEqualTo(6);
        }
    }

    private ChildCommand up() throws Exception {
        var up = child("up", "--dynamodb-port=0", "--s3-port=0", "--stepfunctions-port=0", "--lambda-port=0");
        var _ = up.line("The local stack is running.*");
        return up;
    }

    private void plan(String world, String more) {
        shell.file("plan.yaml", """
            plan: small
            source: { tables: "{table}-%1$s-a" }
            target: { tables: "{table}-%1$s-b" }
            identity: { rule: derive, namespace: n }
            %2$s
            tables:
              Contacts: {}
            """.formatted(world, more));
    }

    /** Asks the child's own stack until the run has come so far, and is in the middle of it. */
    private void reaches(ChildCommand child, String run, String phase) throws InterruptedException {
        var deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (System.nanoTime() < deadline && child.isAlive()) {
            if (shell.run("status", "--run", run, "--local", "--json") == 0
                    && shell.json().at("/phase").asText().equals(phase)
                    && shell.json().at("/done").asInt() > 0) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("run " + run + " did not come to " + phase + ": " + shell.out() + shell.err());
    }

    private void nobodyWorksOn(String run, String phase) {
        assertThat(shell.run("status", "--run", run, "--local", "--json")).isZero();
        assertThat(shell.json().at("/phase").asText()).isEqualTo(phase);
        assertThat(shell.json().at("/execution").asText()).doesNotContain("running");
    }

    private void succeeds(String command, String run, String... more) {
        var arguments = new ArrayList<>(List.of(command, "--run", run, "--local"));
        arguments.addAll(List.of(more));
        assertThat(shell.run(arguments.toArray(String[]::new)))
                .as(shell.out() + shell.err())
                .isZero();
    }

    private static long written(LocalStack stack, String world) {
        var table = new PhysicalTable("Contacts-" + world + "-b");
        return stack.tables()
                .scan(new Tables.Scan(table, 0, 1, Optional.empty(), 0, true))
                .items()
                .size();
    }

    private ChildCommand child(String... arguments) throws IOException {
        return new ChildCommand(directory, HOME, arguments);
    }

    private static LocalStack stack() {
        return stacks().start(new Settings(Ports.FREE, false, directory.resolve(".rekey")));
    }

    private static Stacks stacks() {
        var files = new LocalFiles(Optional.of(HOME), Optional.empty(), Path.of(System.getProperty("java.home")));
        return new Stacks(Map.of(), files, new SystemTime(), new SecureRandom(), _ -> {});
    }

    private static Shell shell() {
        var stacks = stacks();
        return new Shell(
                directory,
                console -> new Environment(
                        new Environment.Terminal(console, new NeverInterrupted(), _ -> false),
                        new Environment.Folders(directory, Optional.of(HOME)),
                        new SystemTime(),
                        new SecureRandom(),
                        stacks,
                        stacks));
    }

    private static final class NeverInterrupted implements Interruption {
        @Override
        public Registration beforeTheEnd(Runnable last) {
            return () -> {};
        }

        @Override
        public <T> Optional<T> await(CompletionStage<T> other) {
            return Optional.empty();
        }
    }
}
