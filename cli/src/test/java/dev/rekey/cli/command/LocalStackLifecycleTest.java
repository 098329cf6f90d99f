package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.cli.deployment.LocalStacks.LocalStack;
import dev.rekey.cli.deployment.LocalStacks.Ports;
import dev.rekey.cli.deployment.LocalStacks.Settings;
import dev.rekey.cli.deployment.wiring.LocalFiles;
import dev.rekey.cli.deployment.wiring.Stacks;
import dev.rekey.cli.exit.CommandFailure;
import dev.rekey.cli.text.Interruption;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunId;
import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.load.Loader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Commands with real stacks on this machine. */
class LocalStackLifecycleTest {
    private static final Path HOME = Path.of(System.getProperty("rekey.root")).toAbsolutePath();
    private static final String PLAN = """
        plan: small
        source: { tables: "{table}-a" }
        target: { tables: "{table}-b" }
        identity: { rule: derive, namespace: n }
        tables:
          Contacts: {}
          Projects: { references: { ownerId: Contacts } }
        """;
    private static final String IN_PLACE = """
        plan: small
        mode: inPlace
        source: { tables: "{table}-a" }
        families: { Owners: { rule: lookup, mapping: { ids: { %s } }, exists: Contacts } }
        tables:
          Contacts: {}
          Projects: { references: { ownerId: { family: Owners, as: partnerId } } }
        """.formatted(
            IntStream.range(0, 10).mapToObj(i -> "c" + i + ": c" + (i + 1) % 10).collect(Collectors.joining(", ")));
    private static final String[] UP = {
        "up", "--json", "--in-memory", "--dynamodb-port=0", "--s3-port=0", "--stepfunctions-port=0", "--lambda-port=0"
    };

    private final Path directory;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private Runnable whileUp = () -> {};

    LocalStackLifecycleTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void commandsJoinTheStackThatRuns() {
        var up = shell();
        var other = shell();
        other.file("plan.yaml", PLAN);
        whileUp = () -> {
            assertThat(other.run("runs", "--local")).isZero();
            assertThat(other.out()).startsWith("There are no runs in bucket rekey.");
            theTableIsMissed(other);
            theDataIsInUse(other);
            thePortIsTaken(other, up.json());
        };

        assertThat(up.run(UP)).isZero();
        assertThat(up.json().at("/AWS_ENDPOINT_URL_SFN").asText()).startsWith("http://127.0.0.1:");
        assertThat(up.err()).contains("Ctrl-C stops it, and any run that is working.");
    }

    @Test
    void withoutDataNothingIsStarted() {
        var shell = shell();
        assertThat(shell.run("runs", "--local", "--json")).isEqualTo(3);
        assertThat(shell.json().at("/error").asText()).isEqualTo("LocalStack.NO_DATA");
        assertThat(shell.json().at("/message").asText())
                .contains(directory.resolve(".rekey") + " holds no data", "Nothing was started.");
        assertThat(directory).isEmptyDirectory();
    }

    /** It would stand in the way of 'rekey up'. An analysis is begun anew: nothing waits there. */
    @Test
    void aCommandThatReadsStartsNoStackOverAnUnfinishedMigration() {
        var run = new RunId("20260102T030405678Z-0123abcd");
        var settings = new Settings(Ports.FREE, false, directory.resolve(".rekey"));
        try (var stack = stacks().start(settings)) {
            put(stack, run, "migrate", Phase.MIGRATING);
        }
        var shell = shell();
        shell.file("plan.yaml", PLAN);
        for (var command : List.of(
                "status",
                "runs",
                "ledger --run " + run,
                "report --run " + run,
                "init --source {table}-a",
                "tables plan.yaml")) {
            var words = Stream.concat(Stream.of(command.split(" ")), Stream.of("--local", "--data", "./.rekey"));
            assertThat(shell.run(words.toArray(String[]::new))).as(command).isEqualTo(3);
            assertThat(shell.err())
                    .contains("no local stack is running there, and run " + run + " is unfinished")
                    .contains("Start the stack: rekey up --data ./.rekey")
                    .contains("Then run: rekey status --run " + run + " --local --data ./.rekey");
        }
        try (var stack = stacks().start(settings)) {
            put(stack, run, "migrate", Phase.ROLLED_BACK);
            put(stack, new RunId("20260102T030405678Z-0000000a"), "analyze", Phase.ANALYZING);
        }
        assertThat(shell.run("runs", "--local")).isZero();
    }

    private static void put(LocalStack stack, RunId run, String action, Phase phase) {
        try (var deployment = stack.deployment()) {
            new RunFiles(deployment.objects(), run).prepared(action, phase, "arn:x", 1);
        }
    }

    @Test
    void withoutStoresNothingIsStarted() {
        var files = new LocalFiles(
                Optional.of(HOME), Optional.of(directory.resolve("none")), Path.of(System.getProperty("java.home")));
        var stacks = new Stacks(Map.of(), files, new SystemTime(), new SecureRandom(), told::add);
        assertThatThrownBy(() -> stacks.start(new Settings(Ports.FREE, true, directory.resolve(".rekey"))))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("whose name ends with -stores");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void upSaysWhatCannotBeRead() throws Exception {
        var data = directory.resolve("kept");
        var object = data.resolve("s3/rekey/8da0a5a6-c507-4663-9dc5-537062990081");
        Files.createDirectories(object);
        Files.writeString(object.resolve("objectMetadata.json"), "");
        var up = shell();

        assertThat(up.run(
                        "up",
                        "--json",
                        "--data",
                        data.toString(),
                        "--dynamodb-port=0",
                        "--s3-port=0",
                        "--stepfunctions-port=0",
                        "--lambda-port=0"))
                .isZero();
        assertThat(told).hasSize(2);
        assertThat(told).element(0).asString().startsWith("Cannot read 1 object of the bucket rekey");
        assertThat(told).element(1).asString().startsWith("The description of the bucket rekey could not be read");
        assertThat(up.err()).contains("some stored data cannot be read");
    }

    private static void theTableIsMissed(Shell shell) {
        assertThat(shell.run("analyze", "plan.yaml", "--local", "--json")).isEqualTo(3);
        assertThat(shell.json().at("/error").asText()).isEqualTo("Rekey.Refused");
        assertThat(shell.json().at("/message").asText())
                .startsWith("Cannot analyze: plan small has 4 errors, the first of which is table.source-missing at"
                        + " tables.Contacts: The source has no table Contacts-a. No table was written to.");
        assertThat(shell.json().at("/problems")).hasSize(4);
        assertThat(shell.json().at("/problems/1/id").asText()).isEqualTo("table.target-missing");
        assertThat(shell.json().at("/problems/1/message").asText()).isEqualTo("The target has no table Contacts-b.");
        assertThat(shell.json().at("/problems/1/hint").asText()).startsWith("Create it");
    }

    private static void theDataIsInUse(Shell shell) {
        assertThat(shell.run(UP)).isEqualTo(3);
        assertThat(shell.json().at("/error").asText()).isEqualTo("LocalStack.DATA_IN_USE");
    }

    private void thePortIsTaken(Shell shell, JsonNode exports) {
        int port = URI.create(exports.at("/AWS_ENDPOINT_URL_DYNAMODB").asText()).getPort();
        assertThat(shell.run("up", "--data", "elsewhere", "--dynamodb-port", String.valueOf(port)))
                .isEqualTo(3);
        assertThat(shell.err()).contains("on port " + port).contains("Nothing was started.");
        assertThat(directory.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void aMigrationIsDoneOnceAndTakenBack() {
        try (var stack = stacks().start(new Settings(Ports.FREE, true, directory.resolve(".rekey")))) {
            load(stack.loader());
            var shell = shell();
            shell.file("plan.yaml", PLAN);

            var first = migrate(shell);
            assertThat(first.at("/tables/Projects/counts/created").asInt()).isEqualTo(20);
            assertThat(first.at("/verification/verdict").asText()).isEqualTo("passed");
            var second = migrate(shell);
            assertThat(second.at("/counts/created").asInt()).isZero();
            assertThat(second.at("/counts/identical").asInt()).isEqualTo(30);
            assertThat(second.at("/message").asText()).startsWith("Nothing was written");

            assertThat(rollback(shell, second)).isZero();
            assertThat(rollback(shell, first)).isZero();
            assertThat(shell.json().at("/counts/deleted").asInt()).isEqualTo(30);
            assertThat(shell.run("runs", "--local")).isZero();
            assertThat(shell.out()).contains("rolledBack");
        }
    }

    @Test
    void recordsAreChangedInPlaceAndRestored() {
        try (var stack = stacks().start(new Settings(Ports.FREE, true, directory.resolve(".rekey")))) {
            load(stack.loader());
            var shell = shell();
            shell.file("plan.yaml", IN_PLACE);

            assertThat(shell.run("migrate", "plan.yaml", "--local", "--yes"))
                    .as(shell.out() + shell.err())
                    .isZero();
            assertThat(shell.out())
                    .contains("20 records changed in place and verified.", "20 updated")
                    .doesNotContain("target", "source");
            var run = shell.out().replaceAll("(?s).*\\nrun +(\\S+).*", "$1");
            assertThat(shell.run("verify", "--run", run, "--local")).isZero();
            assertThat(shell.out())
                    .contains("Every record is as the plan says.")
                    .doesNotContain("target", "source");
            assertThat(migrate(shell).at("/message").asText())
                    .isEqualTo("Nothing was written: all 30 records were already as the plan says and were verified.");

            assertThat(shell.run("rollback", "--run", run, "--local", "--yes")).isZero();
            assertThat(shell.out())
                    .contains("Rolled back: 20 records restored, 0 kept because somebody else changed them.")
                    .doesNotContain("deleted", "target", "source");
        }
    }

    private static JsonNode migrate(Shell shell) {
        assertThat(shell.run("migrate", "plan.yaml", "--local", "--json", "--yes"))
                .as(shell.out())
                .isZero();
        return shell.json();
    }

    private static int rollback(Shell shell, JsonNode migration) {
        return shell.run("rollback", "--run", migration.at("/run").asText(), "--local", "--json", "--yes");
    }

    /** 10 contacts, each with two projects. */
    private static void load(Loader loader) {
        var id = new ExampleTable.Attribute("id", ScalarAttributeType.S);
        var tables = List.of(ExampleTable.of("Contacts", id), ExampleTable.of("Projects", id));
        loader.create(tables, name -> name + "-a");
        loader.create(tables, name -> name + "-b");
        var contacts = IntStream.range(0, 10)
                .mapToObj(i -> new ExampleRecord("Contacts", Map.of("id", AttributeValue.fromS("c" + i))));
        var projects = IntStream.range(0, 20)
                .mapToObj(i -> new ExampleRecord(
                        "Projects",
                        Map.of(
                                "id", AttributeValue.fromS("p" + i),
                                "ownerId", AttributeValue.fromS("c" + i / 2))));
        loader.load(Stream.concat(contacts, projects), name -> name + "-a");
    }

    private Shell shell() {
        var time = new SystemTime();
        var random = new SecureRandom();
        var stacks = stacks();
        return new Shell(
                directory,
                console -> new Environment(
                        new Environment.Terminal(console, new Pressed(), _ -> false),
                        new Environment.Folders(directory, Optional.of(HOME)),
                        time,
                        random,
                        stacks,
                        stacks));
    }

    private Stacks stacks() {
        var files = new LocalFiles(Optional.of(HOME), Optional.empty(), Path.of(System.getProperty("java.home")));
        return new Stacks(Map.of(), files, new SystemTime(), new SecureRandom(), told::add);
    }

    /** Ctrl-C comes when the test has done what it wants to do while the stack is up. */
    private final class Pressed implements Interruption {
        @Override
        public Registration beforeTheEnd(Runnable last) {
            return () -> {};
        }

        @Override
        public <T> Optional<T> await(CompletionStage<T> other) {
            whileUp.run();
            return Optional.empty();
        }
    }
}
