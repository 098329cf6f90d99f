package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.cli.deployment.StackLocation;
import dev.rekey.core.item.KeyAttribute;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.item.TableShape;
import dev.rekey.engine.run.State;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.StoreException.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrateCommandTest {
    private static final String PLAN = """
        plan: promote
        source: { tables: "{table}-staging" }
        target: { tables: "{table}-production" }
        identity: { rule: derive, namespace: production }
        tables:
          Contacts: {}
          Projects:
            references: { ownerId: Contacts }
        """;
    private static final String OUTPUT = """
        {"run":"20260102T030405678Z-0123abcd","action":"migrate","plan":"promote","outcome":"migrated",
         "message":"12 records written to the target and verified.","counts":{"read":12,"created":12,"identical":0},
         "verification":{"verdict":"passed","missing":0},"drift":0,
         "report":"s3://bucket/runs/r/reports/migrated.json","page":"s3://bucket/runs/r/reports/migrated.html"}
        """;

    private final Path directory;
    private final Shell shell;

    MigrateCommandTest(@TempDir Path directory) {
        this.directory = directory;
        this.shell = new Shell(directory);
    }

    @BeforeEach
    void preparePlan() {
        shell.file("plan.yaml", PLAN);
        shell.stack.willEnd(new State.Succeeded(OUTPUT));
        shell.stack.put("runs/r/reports/migrated.json", """
            {"tables":{"Contacts":{"level":1,"counts":{"created":10,"skipped":0}},
                       "Projects":{"level":2,"counts":{"created":2,"skipped":0}}}}
            """);
    }

    @Test
    void startsAnExecutionWithThePlanInTheBucket() {
        assertThat(shell.run("migrate", "plan.yaml", "--yes")).isZero();

        var key = shell.stack.bucket.contents().firstKey();
        assertThat(key).matches("plans/[0-9a-f]{64}\\.yaml");
        assertThat(shell.stack.bucket.contents().get(key)).asString().isEqualTo(PLAN);
        assertThat(shell.stack.inputs)
                .containsExactly(
                        "{\"action\":\"migrate\",\"plan\":\"s3://bucket/" + key + "\",\"confirm\":\"promote\"}");
        assertThat(shell.stack.callers)
                .containsExactly("{\"identity\":\"arn:aws:sts::000000000000:assumed-role/Operators/jane\","
                        + "\"from\":\"command line\",\"version\":\"(not built from a jar)\"}");
        assertThat(shell.stack.isClosed()).isTrue();
    }

    @Test
    void handsInTheFilesThatThePlanNames() {
        shell.file("plan.yaml", PLAN + """
            families:
              T: { rule: lookup, mapping: { file: ids.csv, from: a, to: b } }
              U: { rule: lookup, mapping: { file: "s3://bucket/plans/u.json", from: a, to: b } }
            """);
        shell.file("ids.csv", "a,b\n1,2\n");
        assertThat(shell.run("migrate", "plan.yaml", "--yes")).isZero();

        var contents = shell.stack.bucket.contents();
        var key = contents.keySet().stream()
                .filter(name -> name.endsWith(".csv"))
                .findFirst()
                .orElseThrow();
        assertThat(contents.get(key)).asString().isEqualTo("a,b\n1,2\n");
        assertThat(shell.stack.inputs)
                .singleElement()
                .asString()
                .contains("\"files\":{\"ids.csv\":\"s3://bucket/" + key + "\"}");
    }

    @Test
    void aFileThatIsNotThereIsToldBeforeAnythingIsStarted() {
        shell.file(
                "plan.yaml", PLAN + "families: { T: { rule: lookup, mapping: { file: no.csv, from: a, to: b } } }\n");
        assertThat(shell.run("migrate", "plan.yaml", "--yes")).isEqualTo(2);
        assertThat(shell.err()).contains("no.csv").contains("Nothing was started.");
        assertThat(shell.stack.inputs).isEmpty();
        assertThat(shell.stack.bucket.contents().keySet()).noneMatch(key -> key.startsWith("plans/"));
    }

    @Test
    void worksOnAPartOfThePlan() {
        assertThat(shell.run(
                        "migrate", "plan.yaml", "--yes", "--table", "Contacts", "--where", "a=1", "--where", "b=x=y"))
                .isZero();
        assertThat(shell.stack.inputs)
                .singleElement()
                .asString()
                .contains("\"tables\":[\"Contacts\"],\"where\":{\"a\":\"1\",\"b\":\"x=y\"}");
        assertThat(shell.err()).contains("Only tables: Contacts.", "Only records with a = 1, b = x=y.");
    }

    @Test
    void refusesATableThatThePlanDoesNotHave() {
        assertThat(shell.run("migrate", "plan.yaml", "--yes", "--table", "Nope"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("has no table Nope").contains("Nothing was started.");
        assertThat(shell.stack.inputs).isEmpty();
    }

    @Test
    void saysWhatCameOfItOnStandardOutput() {
        shell.run("migrate", "plan.yaml", "--yes");

        assertThat(shell.out().lines())
                .contains(
                        "12 records written to the target and verified.",
                        "level  table     created",
                        "    1  Contacts       10",
                        "run           20260102T030405678Z-0123abcd",
                        "records       12 created, 12 read",
                        "verification  passed",
                        "report        s3://bucket/runs/r/reports/migrated.json");
        assertThat(shell.err()).contains("promote writes 2 tables").contains("{table}-production");
    }

    @Test
    void refusesTablesThatDoNotFitBeforeItAsks() {
        var shape = new TableShape(
                new PhysicalTable("Contacts-staging"),
                "111122223333",
                "eu-central-1",
                new KeyAttribute("id", KeyType.S),
                Optional.empty(),
                Map.of());
        shell.stack.tables.put(shape.table(), shape);
        assertThat(shell.run("migrate", "plan.yaml", "--yes")).isEqualTo(3);
        assertThat(shell.err()).contains("Contacts-production").contains("Nothing was started.");
        assertThat(shell.stack.inputs).isEmpty();
    }

    @Test
    void printsOneDocumentForPrograms() {
        assertThat(shell.run("migrate", "plan.yaml", "--yes", "--json")).isZero();

        assertThat(shell.json().at("/run").asText()).isEqualTo("20260102T030405678Z-0123abcd");
        assertThat(shell.json().at("/tables/Projects/counts/created").asInt()).isEqualTo(2);
        assertThat(shell.json().at("/verification/verdict").asText()).isEqualTo("passed");
    }

    @Test
    void tablesAndCountsAreSortedWhateverTheReportsOrder() {
        shell.stack.put("runs/r/reports/migrated.json", """
            {"tables":{"Projects":{"level":2,"counts":{"read":2,"created":2}},
                       "Contacts":{"level":1,"counts":{"read":11,"filtered":1,"created":10}}}}
            """);

        shell.run("migrate", "plan.yaml", "--yes");

        assertThat(shell.out().lines())
                .containsSubsequence(
                        "level  table     created  filtered  read",
                        "    1  Contacts       10         1    11",
                        "    2  Projects        2         0     2");
    }

    @Test
    void aFolderIsNoPlan(@TempDir Path folder) {
        assertThat(shell.run("migrate", folder.toString())).isEqualTo(2);
        assertThat(shell.err())
                .contains("Cannot migrate " + folder + ": " + folder
                        + " is a directory. Nothing was started. Name the plan's" + " file and run it again.");
        assertThat(shell.stack.inputs).isEmpty();
    }

    @Test
    void manualStepsThatRemainAreListed() {
        shell.stack.willEnd(
                new State.Succeeded(
                        "{\"run\":\"r\",\"message\":\"Done.\",\"notes\":[\"Call the bank.\",\""
                                + "Move every customer at the payment provider, which Rekey cannot see,\\n before the next invoice\"]}"));

        assertThat(shell.run("migrate", "plan.yaml", "--yes")).isZero();
        assertThat(shell.out()).contains("""
                Done.
                Manual steps that remain:
                  1. Call the bank.
                  2. Move every customer at the payment provider, which Rekey cannot see, before
                     the next invoice
                """);
        assertThat(shell.run("migrate", "plan.yaml", "--yes", "--json")).isZero();
        assertThat(shell.json().at("/notes/0").asText()).isEqualTo("Call the bank.");
    }

    @Test
    void whatAnAnalysisFoundInTheDataIsTold() {
        shell.stack.willEnd(new State.Succeeded(
                "{\"run\":\"20260102T030405678Z-0123abcd\",\"verdict\":\"not ready\",\"message\":\"Cannot migrate.\","
                        + "\"report\":\"s3://bucket/runs/r/reports/analyzed.json\"}"));
        shell.stack.put("runs/r/reports/analyzed.json", """
            {"problems":[{"severity":"ERROR","id":"reference.orphan","path":"tables.Projects.references.ownerId",
                          "message":"1 reference points to no record","hint":"Load it."}]}
            """);

        assertThat(shell.run("validate", "plan.yaml")).isEqualTo(3);
        assertThat(shell.out()).contains("error  tables.Projects.references.ownerId  [reference.orphan]", "Load it.");
        assertThat(shell.run("validate", "plan.yaml", "--json")).isEqualTo(3);
        assertThat(shell.json().at("/problems/0/severity").asText()).isEqualTo("error");
        assertThat(shell.run("validate", "plan.yaml", "--fail-on", "warning")).isEqualTo(3);
        assertThat(shell.out().lines().toList()).last().isEqualTo("verdict       not ready");
    }

    @ParameterizedTest
    @CsvSource({
        "ready, blocker, 0",
        "ready, warning, 0",
        "ready with warnings, blocker, 0",
        "ready with warnings, warning, 3"
    })
    void warningsFailIfTheyAreAskedTo(String verdict, String failOn, int code) {
        shell.stack.willEnd(new State.Succeeded("{\"run\":\"20260102T030405678Z-0123abcd\",\"verdict\":\"" + verdict
                + "\",\"message\":\"The plan fits its data.\"}"));

        for (var command : List.of("analyze", "validate")) {
            assertThat(shell.run(command, "plan.yaml", "--fail-on", failOn)).isEqualTo(code);
            assertThat(shell.out().lines().toList()).last().isEqualTo("verdict       " + verdict);
        }
        assertThat(shell.run("analyze", "plan.yaml", "--fail-on", "nothing")).isEqualTo(2);
    }

    @Test
    void blockersRefuseItWhateverWasAnswered() {
        shell.stack.willEnd(new State.Failed("Rekey.NotReady", "Plan promote does not fit its data: 2 kinds."));

        assertThat(shell.run("migrate", "plan.yaml", "--yes")).isEqualTo(3);
        assertThat(shell.err()).contains("its data: 2 kinds");
    }

    @Test
    void mayBeLeftAsItIsWhenItFails() {
        shell.stack.willEnd(new State.Failed("Rekey.Incomplete", "Cannot finish run. Run: rekey resume --run r."));

        assertThat(shell.run("migrate", "plan.yaml", "--yes", "--on-failure", "stop"))
                .isEqualTo(6);
        assertThat(shell.stack.inputs.getFirst()).contains("\"onFailure\":\"stop\"");
        assertThat(shell.err())
                .contains("stays until you resume the run or roll it back")
                .contains("rekey resume --run r\n");
    }

    @Test
    void asksFirst() {
        assertThat(shell.typing("promote\n").run("migrate", "plan.yaml")).isZero();
        assertThat(shell.typing("no\n").run("migrate", "plan.yaml")).isEqualTo(3);
        assertThat(shell.stack.inputs).hasSize(1);
    }

    @Test
    void withoutATerminalItNeedsYes() {
        assertThat(shell.run("migrate", "plan.yaml")).isEqualTo(2);
        assertThat(shell.err()).contains("Run it again with --yes.");
        assertThat(shell.stack.places).isEmpty();
    }

    @Test
    void aRolledBackMigrationIsAFailureWithItsReport() {
        shell.stack.willEnd(new State.Failed("Rekey.RolledBack", "Cannot write Quotes q-1: taken. Rolled back."));

        assertThat(shell.run("migrate", "plan.yaml", "--yes", "--json")).isEqualTo(7);
        assertThat(shell.json().at("/error").asText()).isEqualTo("Rekey.RolledBack");
        assertThat(shell.json().at("/exitCode").asInt()).isEqualTo(7);
        assertThat(shell.json().at("/run").asText()).startsWith("20260102T030405678Z-");

        assertThat(shell.run("migrate", "plan.yaml", "--yes")).isEqualTo(7);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains("Cannot write Quotes q-1: taken. Rolled back.");
    }

    @Test
    void aPlanThatIsNotThereStartsNothing() {
        assertThat(shell.run("migrate", "other.yaml", "--yes")).isEqualTo(2);
        assertThat(shell.err())
                .contains("Cannot migrate other.yaml: the file does not exist: " + directory.resolve("other.yaml")
                        + ". Nothing was started.");
        assertThat(shell.stack.places).isEmpty();
    }

    @Test
    void allProblemsOfAPlanAreToldAtOnce() {
        shell.file(
                "bad.yaml",
                PLAN.replace("ownerId: Contacts", "ownerId: Contcts").replace("Contacts: {}", "Contacts: { wher: 1 }"));

        assertThat(shell.run("migrate", "bad.yaml", "--yes")).isEqualTo(3);
        assertThat(shell.err())
                .contains("tables.Contacts")
                .contains("tables.Projects")
                .contains("Nothing was started");
        assertThat(shell.stack.places).isEmpty();

        assertThat(shell.run("migrate", "bad.yaml", "--yes", "--json")).isEqualTo(3);
        assertThat(shell.json().at("/problems").size()).isGreaterThan(1);
        assertThat(shell.json().at("/problems/0/severity").asText()).isEqualTo("error");
    }

    @Test
    void aRefusedStartWritesNothing() {
        shell.stack.willFailToStart(new StoreException(Kind.DENIED, "Cannot start: no permission. Nothing. Ask."));

        assertThat(shell.run("migrate", "plan.yaml", "--yes")).isEqualTo(3);
        assertThat(shell.err()).endsWith("Cannot start: no permission. Nothing. Ask." + System.lineSeparator());
        assertThat(shell.stack.isClosed()).isTrue();
    }

    @Test
    void aLostAnswerToTheStartIsUnknown() {
        shell.stack.willFailToStart(new StoreException(Kind.UNAVAILABLE, "Cannot start: no answer"));

        assertThat(shell.run("migrate", "plan.yaml", "--yes")).isEqualTo(6);
        assertThat(shell.err()).contains("Cannot determine whether migrate was started as execution migrate-");
    }

    @Test
    void optionsSayWhereTheStackIs() {
        shell.run("migrate", "plan.yaml", "--yes", "--local", "--data", "here");
        shell.run("migrate", "plan.yaml", "--yes", "--profile", "p", "--region", "r", "--stack", "s");
        shell.run("migrate", "plan.yaml", "--yes");

        assertThat(shell.stack.places)
                .containsExactly(
                        new StackLocation.Local(directory.resolve("here")),
                        new StackLocation.Aws(Optional.of("p"), Optional.of("r"), "s"),
                        new StackLocation.Aws(Optional.empty(), Optional.empty(), "rekey"));
    }

    @Test
    void aDefectAsksToBeReported() {
        shell.stack.willEnd(new State.Succeeded("no json"));

        assertThat(shell.run("migrate", "plan.yaml", "--yes")).isEqualTo(1);
        assertThat(shell.err())
                .contains("Rekey has a defect")
                .contains("--debug")
                .doesNotContain("    at ");

        assertThat(shell.run("migrate", "plan.yaml", "--yes", "--debug")).isEqualTo(1);
        assertThat(shell.err()).contains("    at dev.rekey.cli.");
    }
}
