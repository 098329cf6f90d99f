package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.deployment.LocalStacks.LocalStack;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.ExampleTable.Attribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** {@code rekey analyze --changes} and {@code rekey changes} with DynamoDB Local and S3Mock: preview, do it, look again. */
final class ChangesLifecycleTest {
    private static final String TENANTS = """
        plan: tenants-OWN
        mode: inPlace
        source: { tables: "{table}-OWN" }
        families: { Tenants: { rule: lookup, mapping: { ids: { t1: o1, t2: o2 } } } }
        tables:
          claims: { references: { tenant: { family: Tenants, as: org } }, rename: { note: remark } }
        """;
    private static final String COPY = """
        plan: copy-OWN
        source: { tables: "{table}-OWN" }
        target: { tables: "{table}-OWN-new" }
        identity: { rule: derive, namespace: n }
        tables:
          claims: { where: { tenant: t1 }, drop: [note] }
        """;

    /** In the names of plans and tables, so that the tests can share a stack. */
    private final String own = UUID.randomUUID().toString();

    private final PhysicalTable table = new PhysicalTable("claims-" + own);
    private final LocalStack stack;
    private final Shell shell;

    ChangesLifecycleTest(@TempDir Path directory) {
        stack = SharedStack.foundIn(directory);
        shell = ProcessStack.shell(directory);
        shell.file("tenants.yaml", named(TENANTS));
        shell.file("copy.yaml", named(COPY));
        var claims = List.of(ExampleTable.of("claims", new Attribute("id", ScalarAttributeType.S)));
        stack.loader().create(claims, _ -> table.name());
        stack.loader().create(claims, _ -> table.name() + "-new");
        stack.tables()
                .putAll(
                        table,
                        IntStream.range(0, 12)
                                .mapToObj(ChangesLifecycleTest::claim)
                                .toList());
    }

    private String named(String plan) {
        return plan.replace("OWN", own);
    }

    private static Map<String, AttributeValue> claim(int number) {
        return Map.of(
                "id", AttributeValue.fromS("c" + number),
                "tenant", AttributeValue.fromS("t" + (1 + number % 2)),
                "note", AttributeValue.fromS("secret"));
    }

    @Test
    void changesInPlaceAreShownAndThenThereIsNothingToDo() {
        var run = analysis("tenants.yaml", "--changes", "--show-values");
        assertThat(shell.run("changes", "--run", run, "--local", "--limit", "1"))
                .isZero();
        assertThat(shell.out().lines()).element(0).asString().startsWith("change     claims  id c");
        assertThat(shell.out().lines())
                .contains(
                        "    > note -> remark",
                        "    + org",
                        "table   change",
                        "claims      12",
                        "Shown: 1 of 12 records. All of them, one on each line, gzipped:",
                        "s3://rekey/runs/" + run + "/changes/");
        assertThat(shell.out()).doesNotContain("o1", "secret", "\u001b");

        assertThat(shell.coloured().run("changes", "--run", run, "--local", "--show-values"))
                .isZero();
        assertThat(shell.out()).contains("    \u001b[32m+ org: \"o1\"\u001b[0m");

        assertThat(shell.run("migrate", "tenants.yaml", "--local", "--yes")).isZero();
        var again = analysis("tenants.yaml", "--changes");
        assertThat(shell.run("changes", "--run", again, "--local", "--json")).isZero();
        assertThat(shell.json().at("/tables/claims/nothing").asInt()).isEqualTo(12);
        assertThat(shell.json().path("changes")).isEmpty();
        assertThat(shell.run("changes", "--run", again, "--local", "--json", "--kind", "nothing"))
                .isZero();
        assertThat(shell.json().path("changes")).hasSize(12);
    }

    /** What is created has a name of its own, except in the list of ids, of which a mapping can be made for its table. */
    @Test
    void whatIsCreatedForReferencesIsShownBeforeItIsWritten() throws IOException {
        var create = "family: claims, onOrphan: { create: { state: unknown, tenant: t1 } }";
        shell.file(
                "parents.yaml", named(TENANTS.replace("references: {", "references: { parent: { " + create + " },")));
        var orphan = new HashMap<>(claim(12));
        orphan.put("parent", AttributeValue.fromS("gone"));
        stack.tables().putAll(table, List.of(orphan));
        var run = analysis("parents.yaml", "--changes", "--show-values");

        assertThat(shell.run("changes", "--run", run, "--local", "--table", "claims~created", "--show-values"))
                .isZero();
        assertThat(shell.out().lines())
                .startsWith(
                        "create     claims~created  id gone",
                        "    + org: \"o1\"",
                        "    + state: \"unknown\"",
                        "    + tenant: \"t1\"",
                        "",
                        "table           create");
        assertThat(shell.run("migrate", "parents.yaml", "--local", "--table", "claims~created"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("Nothing was started. Its records belong to table claims: use claims.");
        assertThat(shell.run("migrate", "parents.yaml", "--local", "--yes", "--json"))
                .isZero();
        assertThat(shell.err()).contains("It creates 1 record of claims, to which others refer.");
        run = shell.json().path("run").asText();
        assertThat(shell.run("report", "--run", run, "--local", "--ids", "--json"))
                .isZero();
        assertThat(Files.readString(Path.of(shell.json().path("ids").asText())))
                .contains("\"claims\",\"gone\",,\"gone\",,created");
    }

    @Test
    void aCopyIsShownWithItsNewKeys() {
        var run = analysis("copy.yaml", "--changes");
        assertThat(shell.run("changes", "--run", run, "--local", "--json")).isZero();
        assertThat(shell.json().path("detail").asText()).isEqualTo("names");
        assertThat(shell.json().at("/tables/claims").toString()).isEqualTo("{\"create\":6,\"leaveOut\":6}");
        assertThat(shell.json().path("changes")).hasSize(12);
        assertThat(shell.run("changes", "--run", run, "--local", "--kind", "create", "--table", "claims"))
                .isZero();
        assertThat(shell.out().lines().filter(line -> line.startsWith("create")))
                .hasSize(6)
                .allMatch(line -> line.matches("create {5}claims {2}id c\\d+ -> id [0-9a-f-]{36}"));
        assertThat(shell.out().lines().filter(line -> line.equals("    - note")))
                .hasSize(6);

        assertThat(shell.run("changes", "--run", run, "--local", "--show-values"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("its list has no values. Nothing was changed.");
        assertThat(shell.run("changes", "--run", run, "--local", "--table", "none"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("the run has no table none", "Use one of: claims.");
        assertThat(shell.run("changes", "--run", analysis("copy.yaml"), "--local"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("it has no list of them", "rekey analyze PLAN --local --changes");
    }

    @Test
    void whatCannotBeShownIsRefused() {
        var run = "20260102T030405678Z-0123abcd";
        assertThat(shell.run("changes", "--run", run, "--local", "--limit", "0"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("--limit is 0");
        assertThat(shell.run("changes", "--run", run, "--local", "--kind", "remove"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("--kind is remove", "create, change, merge, leaveOut, nothing, blocked");
        assertThat(shell.run("analyze", "copy.yaml", "--local", "--show-values"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("Add --changes, or omit --show-values.");
    }

    /** The id of the run. */
    private String analysis(String plan, String... more) {
        var arguments = new java.util.ArrayList<>(List.of("analyze", plan, "--local", "--json"));
        arguments.addAll(List.of(more));
        assertThat(shell.run(arguments.toArray(String[]::new))).as(shell.out()).isZero();
        return shell.json().path("run").asText();
    }
}
