package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.aws.invocation.SystemTime;
import dev.rekey.cli.deployment.LocalStacks.LocalStack;
import dev.rekey.engine.proof.Golden;
import dev.rekey.engine.store.Time;
import dev.rekey.examples.ExampleRecord;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.ExampleTable.Attribute;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * What people see in a terminal of 80 columns, from the draft of a plan to its rollback, compared with files;
 * {@code -Dkept.write=true} writes them again.
 */
final class TerminalOutputsTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("rekey.root"), "cli/src/test/resources/dev/rekey/cli/command/terminal");
    private static final int COLUMNS = 80;

    private static final String PLAN = """
        plan: till
        source: { tables: "{table}-till" }
        target: { tables: "{table}-till-new" }
        identity: { rule: derive, namespace: till }
        tables:
          Customers: {}
          Orders: { references: { customerId: { family: Customers, onOrphan: keep } } }
          Visits: { references: { "orders[]": Orders } }
        """;

    /** What cannot be broken: a command that is pasted, and the address of an object. */
    private static final Pattern WHOLE = Pattern.compile(" *(?:\\S+ +)?(?:s3://|arn:|/|rekey )\\S.*");

    private static final String RUN = "20260102T030405678Z-0a1b2c3d";
    private static final Pattern ID = Pattern.compile("\\d{8}T\\d{9}Z-[0-9a-f]{8}");
    private static final Pattern STARTED = Pattern.compile("[a-z]: run (" + ID + ")");
    private static final Pattern CLEARED = Pattern.compile("\u001b\\[(\\d+)A\r?\u001b\\[J");

    private final Shell shell;
    private final LocalStack stack;

    TerminalOutputsTest(@TempDir Path directory) {
        stack = SharedStack.foundIn(directory);
        shell = ProcessStack.shell(directory, new Standing()).wrapping(COLUMNS);
    }

    @Test
    void everyLineFitsAndSaysWhatItDid() {
        load();
        kept("init", 0, "", "init", "--source", "{table}-till", "--target", "{table}-till-new", "--local");
        refusals();
        shell.file("plan.yaml", PLAN);
        var analysis = kept("analyze", 0, "", "analyze", "plan.yaml", "--local", "--changes");
        kept("changes", 0, "", "changes", "--run", analysis, "--local", "--limit", "4");
        kept("verify-of-an-analysis", 3, "", "verify", "--run", analysis, "--local");
        kept("test", 0, "till\n", "test", "plan.yaml", "--table", "Visits", "--local");
        kept("migrate-question", 3, "no\n", "migrate", "plan.yaml", "--local");
        var run = kept("migrate", 0, "till\n", "migrate", "plan.yaml", "--local");
        kept("status", 0, "", "status", "--run", run, "--local");
        kept("verify", 0, "", "verify", "--run", run, "--local");
        fitting(0, "", "runs", "--local", "--limit", "2");
        kept("rollback", 0, "till\n", "rollback", "--run", run, "--local");
        kept("rollback-again", 3, "till\n", "rollback", "--run", run, "--local");
        kept("status-rolled-back", 0, "", "status", "--run", run, "--local");
        fitting(0, "", "runs", "--plan", "till", "--local", "--limit", "1");
        kept("ledger", 0, "", "ledger", "--run", run, "--verify", "--local");
    }

    private void refusals() {
        shell.file("draft.yaml", shell.out());
        kept("migrate-of-a-draft", 3, "", "migrate", "draft.yaml", "--local");
        shell.file("plan.yaml", PLAN.replace("Visits: { references: { \"orders[]\": Orders } }", "Visits: {}"));
        kept("analyze-not-ready", 3, "", "analyze", "plan.yaml", "--local");
        kept("migrate-refused", 3, "till\n", "migrate", "plan.yaml", "--local");
        kept("test-of-no-table", 2, "", "test", "plan.yaml", "--table", "Vists", "--local");
        kept("rollback-of-no-run", 2, "", "rollback", "--run", RUN, "--local");
        kept("resume-of-no-run", 2, "", "resume", "--run", "latest", "--local");
    }

    /** The id of the run, if the command has one. */
    private String kept(String name, int exitCode, String typed, String... words) {
        Golden.isAsKept(fitting(exitCode, typed, words), FOLDER.resolve(name + ".txt"));
        return STARTED.matcher(shell.err())
                .results()
                .map(run -> run.group(1))
                .findFirst()
                .orElse("");
    }

    private String fitting(int exitCode, String typed, String... words) {
        var code = shell.typing(typed).run(words);
        // A plan is kept in a file, and has lines of any length.
        var all = shell.err() + (words[0].equals("init") ? "" : shell.out());
        var said = constant(seen(all.replace(" to continue: ", " to continue: " + typed)));
        assertThat(code).as(said).isEqualTo(exitCode);
        assertThat(said.lines())
                .allMatch(
                        line -> line.length() <= COLUMNS || WHOLE.matcher(line).matches());
        return constant("$ rekey " + String.join(" ", words)) + "\n" + said + "exit code " + code + "\n";
    }

    /** What is left on a terminal after lines were drawn and taken away again. */
    private static String seen(String printed) {
        var lines = new ArrayList<String>();
        for (var line : printed.stripTrailing().split("\n", -1)) {
            var cleared = CLEARED.matcher(line);
            while (cleared.lookingAt()) {
                for (int i = Integer.parseInt(cleared.group(1)); i > 0; i--) {
                    lines.removeLast();
                }
                line = line.substring(cleared.end());
                cleared = CLEARED.matcher(line);
            }
            lines.add(line);
        }
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Ids, times and folders are others each time. */
    private static String constant(String said) {
        return said.replaceAll(ID.pattern(), RUN)
                .replaceAll("(T\\d\\d:\\d\\d:\\d\\d)Z(    )?", "$1.000Z")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z", "2026-01-02T03:04:05.678Z")
                .replaceAll("\\b\\d+\\.\\d(\\s+)s\\b", "1.2$1s")
                .replaceAll("\\b\\d+(\\s+)s\\)", "0$1s)")
                .replaceAll("-\\d{8}T\\d{6}-[0-9a-f]{16}", "-20260102T030405-0a1b2c3d4e5f6071")
                .replaceAll("/\\S*/\\.rekey", "/home/.rekey");
    }

    private void load() {
        var id = new Attribute("id", ScalarAttributeType.S);
        var tables = Stream.of("Customers", "Orders", "Visits")
                .map(name -> ExampleTable.of(name, id))
                .toList();
        stack.loader().create(tables, name -> name + "-till");
        stack.loader().create(tables, name -> name + "-till-new");
        var records = Stream.of(
                        IntStream.range(0, 30).mapToObj(i -> record("Customers", "c", i, Map.of())),
                        IntStream.range(0, 60)
                                .mapToObj(i -> record(
                                        "Orders",
                                        "o",
                                        i,
                                        Map.of("customerId", text(i == 7 ? uuid("c", 99) : uuid("c", i / 2))))),
                        IntStream.range(0, 40)
                                .mapToObj(i -> record(
                                        "Visits",
                                        "v",
                                        i,
                                        Map.of(
                                                "orders",
                                                AttributeValue.fromL(
                                                        List.of(text(uuid("o", i)), text(uuid("o", i + 1))))))))
                .flatMap(all -> all);
        stack.loader().load(records, name -> name + "-till");
    }

    private static ExampleRecord record(String table, String kind, int number, Map<String, AttributeValue> more) {
        var item = new HashMap<>(more);
        item.put("id", text(uuid(kind, number)));
        return new ExampleRecord(table, item);
    }

    private static String uuid(String kind, int number) {
        return UUID.nameUUIDFromBytes((kind + number).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    /** A clock that stands, so that nothing is told of progress; waiting takes its time. */
    private static final class Standing implements Time {
        private final SystemTime time = new SystemTime();
        private final Instant now = time.instant();

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            time.sleep(duration);
        }
    }
}
