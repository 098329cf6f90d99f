package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.cli.command.CommandRequests.Asked;
import dev.rekey.engine.store.Time;
import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.load.Loader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The policies of people allow what the commands ask for, and no more of what is written. */
class OperatorPolicyTest {
    private static final String PLAN = """
        plan: operated
        source: { tables: "{table}-operated-a" }
        target: { tables: "{table}-operated-b" }
        identity: { rule: derive, namespace: n }
        tables:
          Contacts: {}
          Projects: { references: { ownerId: Contacts } }
        """;

    private final Path directory;
    private final Shell shell;
    private final Set<Asked> asked = new HashSet<>();

    OperatorPolicyTest(@TempDir Path directory) {
        this.directory = directory;
        this.shell = ProcessStack.shell(directory);
    }

    private static void load(Loader loader) {
        var id = new ExampleTable.Attribute("id", ScalarAttributeType.S);
        var tables = List.of(ExampleTable.of("Contacts", id), ExampleTable.of("Projects", id));
        loader.create(tables, name -> name + "-operated-a");
        loader.create(tables, name -> name + "-operated-b");
        var contact = Map.of("id", AttributeValue.fromS("c1"));
        var projects = IntStream.range(0, 20)
                .mapToObj(i -> Map.of("id", AttributeValue.fromS("p" + i), "ownerId", AttributeValue.fromS("c1")));
        loader.load(
                Stream.concat(
                        Stream.of(new ExampleRecord("Contacts", contact)),
                        projects.map(project -> new ExampleRecord("Projects", project))),
                name -> name + "-operated-a");
    }

    private JsonNode ask(String... command) {
        return ask(0, command);
    }

    private JsonNode ask(int exitCode, String... command) {
        var line = Stream.concat(Arrays.stream(command), Stream.of("--local", "--json"))
                .toArray(String[]::new);
        asked.addAll(CommandRequests.of(() -> shell.run(line), exitCode, () -> shell.out() + shell.err()));
        return shell.json();
    }

    @Test
    void commandsAskForWhatTheOperatorsPolicyAllows() throws IOException {
        load(SharedStack.foundIn(directory).loader());
        shell.file("plan.yaml", PLAN);
        ask("validate", "plan.yaml");
        ask("analyze", "plan.yaml");
        ask("test", "plan.yaml", "--table", "Projects", "--yes");
        var run = ask("migrate", "plan.yaml", "--yes").get("run").asText();
        ask("verify", "--run", run);
        ask("status", "--run", run);
        ask("runs");
        ask("runs", "--plan", "plan.yaml");
        ask("ledger", "--run", run, "--verify");
        ask("report", "--run", run);
        // The run has ended.
        ask(3, "limit", "--run", run, "--read", "500");
        ask("rollback", "--run", run, "--yes");
        var operator = Policy.read("infra/operator-policy.json");
        var values = Policy.read("infra/values-policy.json");

        // Who may not see the log may roll back all the same.
        var denied = asked.stream()
                .filter(one -> !operator.allows(one))
                .filter(one -> !one.key().matches("runs/[^/]+/log/.*"))
                .toList();
        assertThat(denied).isEmpty();

        asked.clear();
        askOfASilentRun();
        assertThat(asked)
                .anyMatch(one ->
                        one.action().equals("s3:DeleteObject") && one.key().endsWith("/trial"))
                .allMatch(one -> operator.allows(one) || one.key().matches("runs/[^/]+/log/.*"));

        asked.clear();
        var previewed = ask("analyze", "plan.yaml", "--changes").get("run").asText();
        ask("changes", "--run", previewed);
        assertThat(asked).anyMatch(one -> !operator.allows(one));
        assertThat(asked).allMatch(one -> operator.allows(one) || values.allows(one));
    }

    /** An hour later, seen from here, its workers have written nothing: status finds out whether the bucket accepts objects. */
    private void askOfASilentRun() {
        shell.file("slow.yaml", "limits: { writeUnitsPerSecond: 1 }\n" + PLAN);
        var run = ask("migrate", "slow.yaml", "--yes", "--detach").get("run").asText();
        var late = ProcessStack.shell(directory, new Late());
        var end = Instant.now().plusSeconds(60);
        // An hour later, an id without a folder is no run.
        while (ask("status", "--run", run).at("/phase").asText().equals("preparing")
                && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        while (asked.stream().noneMatch(one -> one.key().endsWith("/trial"))
                && Instant.now().isBefore(end)) {
            asked.addAll(CommandRequests.of(
                    () -> late.run("status", "--run", run, "--local", "--json"), 0, () -> late.out() + late.err()));
        }
        ask("stop", "--run", run);
        ask("rollback", "--run", run, "--yes");
    }

    private static final class Late implements Time {
        private final Time time = new SystemTime();

        @Override
        public Instant instant() {
            return time.instant().plus(Duration.ofHours(1));
        }

        @Override
        public void sleep(Duration duration) {
            time.sleep(duration);
        }
    }

    @Test
    void noPolicyLetsAnybodyReplaceWhatARunGoesBy() throws IOException {
        var operator = Policy.read("infra/operator-policy.json");
        var run = "runs/20261121T112728665Z-aa75c6d0/";
        for (var name : List.of("manifest.json", "log/A/000000-of-000001/00000000-0001.jsonl.gz", "orphans.jsonl.gz")) {
            assertThat(operator.allows(new Asked("s3:PutObject", run + name)))
                    .as(name)
                    .isFalse();
        }
        for (var name : List.of(run + "control.json", "plans/p.yaml", "ledger/r/00000001.json")) {
            assertThat(operator.allows(new Asked("s3:PutObject", name)))
                    .as(name)
                    .isTrue();
        }
        // A table may be called like a folder.
        for (var name : List.of("log/findings/a/x.jsonl.gz", "joins/reports/x.jsonl.gz", "changes/merges/x.jsonl.gz")) {
            assertThat(operator.allows(new Asked("s3:GetObject", run + name)))
                    .as(name)
                    .isFalse();
        }
    }

    private record Policy(List<JsonNode> statements) {
        static Policy read(String file) throws IOException {
            var text =
                    Files.readString(Path.of(System.getProperty("rekey.root")).resolve(file));
            var document = new ObjectMapper().readTree(text.replace("BUCKET", "rekey"));
            return new Policy(list(document.get("Statement")).toList());
        }

        /** Of Step Functions, the resource is not compared: on this machine, the names are others. */
        boolean allows(Asked asked) {
            return statements.stream()
                    .filter(one -> list(one.get("Action"))
                            .anyMatch(action -> action.asText().equals(asked.action())))
                    .anyMatch(one -> !asked.action().startsWith("s3:")
                            || list(one.get("Resource")).anyMatch(resource -> matches(resource.asText(), asked)));
        }

        private static boolean matches(String resource, Asked asked) {
            var pattern = resource.chars()
                    .mapToObj(Character::toString)
                    .map(letter -> switch (letter) {
                        case "*" -> ".*";
                        case "?" -> ".";
                        default -> Pattern.quote(letter);
                    })
                    .collect(Collectors.joining());
            var bucket = "arn:PARTITION:s3:::rekey";
            return (asked.key().isEmpty() ? bucket : bucket + "/" + asked.key()).matches(pattern);
        }

        private static Stream<JsonNode> list(JsonNode node) {
            return node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node);
        }
    }
}
