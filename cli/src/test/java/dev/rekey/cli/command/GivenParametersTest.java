package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.run.Manifest;
import dev.rekey.engine.run.Phase;
import dev.rekey.engine.run.RunFolder;
import dev.rekey.engine.run.RunId;
import dev.rekey.engine.run.RunOptions;
import dev.rekey.engine.run.Scope;
import dev.rekey.engine.run.State;
import dev.rekey.engine.store.Backoff;
import dev.rekey.engine.store.Documents;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GivenParametersTest {
    private static final String PLAN = """
        plan: promote
        source: { tables: "{table}-staging" }
        target: { tables: "{table}-production" }
        identity: { rule: derive, namespace: production }
        parameters: { stage: staging, from: 1 }
        tables:
          Contacts: { set: { stage: "{% $parameters.stage %}" } }
        """;

    private final Shell shell;

    GivenParametersTest(@TempDir Path directory) {
        shell = new Shell(directory);
        shell.file("plan.yaml", PLAN);
        shell.stack.willEnd(new State.Succeeded("{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"analyze", "validate", "test --table Contacts --yes", "migrate --yes"})
    void theExecutionGetsTheValuesAsTheyWereTyped(String command) {
        var words = (command + " plan.yaml --parameter stage=a=b --parameter from=2").split(" ");
        shell.run(words);
        assertThat(shell.stack.inputs)
                .as(shell.err())
                .singleElement()
                .asString()
                .contains("\"parameters\":{\"from\":\"2\",\"stage\":\"a=b\"}");
    }

    /** What the stack's schedule starts every night is what would have been started now. */
    @Test
    void theInputOfANightlyAnalysisIsPrintedAndNothingIsStarted() {
        assertThat(shell.run(
                        "analyze", "plan.yaml", "--parameter", "stage=x", "--parameter", "from=2", "--print-input"))
                .as(shell.err())
                .isZero();
        assertThat(shell.stack.inputs).isEmpty();
        assertThat(shell.out().lines()).hasSize(1);
        assertThat(shell.json().at("/plan").asText()).startsWith("s3://");
        assertThat(shell.json().at("/parameters/from").asText()).isEqualTo("2");
        assertThat(shell.json().at("/startedBy/from").asText()).isEqualTo("schedule");
        assertThat(shell.out()).startsWith("{\"action\":\"analyze\",");
        assertThat(shell.stack.bucket.contents()).hasSize(1);
    }

    @Test
    void withoutAnyNothingIsSaid() {
        shell.run("analyze", "plan.yaml");
        assertThat(shell.stack.inputs).singleElement().asString().doesNotContain("parameters");
    }

    @Test
    void whatThePlanDoesNotHaveIsRefusedBeforeAnythingIsStarted() {
        assertThat(shell.run(
                        "migrate", "plan.yaml", "--yes", "--parameter", "stge=x", "--parameter", "from=many", "--json"))
                .isEqualTo(3);
        assertThat(shell.json().at("/problems").findValuesAsText("id"))
                .containsExactlyInAnyOrder("parameter.unknown", "parameter.wrong-type");
        assertThat(shell.stack.inputs).isEmpty();
        assertThat(shell.stack.bucket.contents()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "stage, --parameter stage does not have the form NAME=VALUE",
        "=x, --parameter =x does not have the form NAME=VALUE"
    })
    void whatIsNoAssignmentIsMisuse(String given, String said) {
        assertThat(shell.run("analyze", "plan.yaml", "--parameter", given)).isEqualTo(2);
        assertThat(shell.err()).contains(said);
        assertThat(shell.run("analyze", "plan.yaml", "--parameter", "from=1", "--parameter", "from=1"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("--parameter from is given twice");
    }

    @Test
    void theStatusShowsThem() {
        var run = new RunId("20260102T030405678Z-0123abcd");
        new RunFiles(shell.stack.bucket, run).prepared("migrate", Phase.MIGRATED, "arn", 1);
        var documents = new Documents(shell.stack.bucket, new Backoff(shell.time, new Random(1), Instant.MAX));
        var key = new RunFolder(run).manifest();
        documents.put(key, with(documents.get(key, Manifest.class).value(), Map.of("stage", "b")));

        assertThat(shell.run("status", "--run", run.value(), "--json")).isZero();
        assertThat(shell.json().at("/parameters").toString()).isEqualTo("{\"stage\":\"b\"}");
        assertThat(shell.run("status", "--run", run.value())).isZero();
        assertThat(shell.out()).contains("parameter  stage=b");
    }

    private static Manifest with(Manifest manifest, Map<String, String> parameters) {
        var origin = manifest.origin();
        return new Manifest(
                manifest.format(),
                new Manifest.Origin(
                        origin.run(),
                        origin.action(),
                        origin.execution(),
                        origin.startedAt(),
                        origin.plan(),
                        origin.fingerprint(),
                        new RunOptions(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                Optional.empty(),
                                Scope.ALL,
                                parameters),
                        origin.caller()),
                manifest.levels(),
                manifest.tables(),
                manifest.beside(),
                manifest.partitions(),
                manifest.earlier());
    }
}
